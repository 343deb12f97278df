// SPDX-License-Identifier: Apache-2.0
#include "twin/app/screenshot.h"

#include "twin/app/app.h"
#include "twin/app/png_file.h"

namespace app {

base::Result<std::filesystem::path> takeScreenshot(App& app, const std::filesystem::path& folder) {
  const glm::ivec2 size = app.graphics->size();
  const VkExtent2D extent{static_cast<uint32_t>(size.x), static_cast<uint32_t>(size.y)};
  auto target = gpu::Offscreen::create(app.graphics->device(), extent);
  if (!target) return base::Error{target.error()};
  const scene::View view{.camera = app.camera->camera(), .width = extent.width, .height = extent.height};
  const base::UtcNs shown = app.clock->shown();
  const render::FrameReport report = app.graphics->renderer().render({.scene = app.world->scene,
                                                                      .views = {&view, 1},
                                                                      .time = {.utc = shown},
                                                                      .timeMs = binding::BindTime::sceneMsOf(shown),
                                                                      .target = target->target(),
                                                                      .quality = app.quality,
                                                                      .wait = true});
  if (!report.error.empty()) return base::Error{report.error};
  auto picture = target->read();
  if (!picture) return base::Error{picture.error()};
  std::string name = "alphacity-" + core::formatDateTime(shown, app.world->city().data.zone) + ".png";
  for (char& c : name) c = c == ' ' ? '_' : c == ':' ? '-' : c;
  const std::filesystem::path file = std::filesystem::absolute(folder / name);
  if (auto written = writePng(file, extent.width, extent.height, *picture); !written) return base::Error{written.error()};
  return file;
}

}  // namespace app
