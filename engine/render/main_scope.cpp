// SPDX-License-Identifier: Apache-2.0
#include "engine/render/main_scope.h"

#include <array>

#include "engine/gpu/barrier.h"
#include "engine/gpu/copy.h"
#include "engine/render/draw.h"

namespace render {
namespace {

void begin(PassContext& c, const gpu::Image& color, const gpu::Image& id, const gpu::Image& depth, const VkRect2D& area, bool clear) {
  const std::array<Attachment, 2> colors{Attachment{color.view(), clear}, Attachment{id.view(), clear}};
  Attachment far{depth.view(), clear};
  far.value.depthStencil = {0.f, 0};
  beginRendering(c.commands, area, colors, &far);
}

void layStill(PassContext& c) {
  gpu::copyImage(c.commands, c.still.color(), c.targets.color.handle());
  gpu::copyImage(c.commands, c.still.id(), c.targets.id.handle());
  gpu::copyImage(c.commands, c.still.depth(), c.targets.depth.handle());
  gpu::fullBarrier(c.commands);
}

}  // namespace

void MainScope::begin(PassContext& c) {
  if (c.part == Part::Live) layStill(c);
  render::begin(c, c.targets.color, c.targets.id, c.targets.depth, {{0, 0}, c.targets.extent}, c.part == Part::Whole);
}

void MainScope::end(PassContext& c) { vkCmdEndRendering(c.commands); }

void StillScope::begin(PassContext& c) {
  render::begin(c, c.still.color(), c.still.id(), c.still.depth(), c.still.band(), true);
}

void StillScope::end(PassContext& c) {
  vkCmdEndRendering(c.commands);
  gpu::fullBarrier(c.commands);
}

}  // namespace render
