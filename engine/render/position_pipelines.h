// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/render/draw.h"

namespace render {

/// Draws geometry by its position alone, through push.shadowMatrix: shadow maps, and the bench's limit.
class PositionPipelines {
 public:
  /// `desc` says what is drawn into and how; the vertex side is filled in here.
  static base::Result<PositionPipelines> make(const PassSetup& setup, gpu::GraphicsDesc desc);
  /// Within rendering: everything opaque of `draws`.
  void draw(PassContext& context, VkDescriptorSet set, const DrawLists& draws, const glm::mat4& worldToClip) const;

 private:
  gpu::Pipeline statics_;
  gpu::Pipeline instances_;
  gpu::Pipeline groves_;
};

}  // namespace render
