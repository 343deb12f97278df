// SPDX-License-Identifier: Apache-2.0
#include "engine/render/main_scope.h"

#include <array>

#include "engine/render/draw.h"

namespace render {

void MainScope::begin(PassContext& c) {
  std::array<Attachment, 2> colors{Attachment{c.targets.color.view()}, Attachment{c.targets.id.view()}};
  Attachment depth{c.targets.depth.view()};
  depth.value.depthStencil = {0.f, 0};
  beginRendering(c.commands, c.targets.extent, colors, &depth);
}

void MainScope::end(PassContext& c) { vkCmdEndRendering(c.commands); }

}  // namespace render
