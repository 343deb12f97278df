// SPDX-License-Identifier: Apache-2.0
// What the passes over finished images share: set 1 of shaders/README.md.
#pragma once

#include "engine/render/pass.h"

namespace render {

/// Images of set 1; a null view is replaced by one that is always there.
struct PostImages {
  VkImageView color = VK_NULL_HANDLE;
  VkImageView ao = VK_NULL_HANDLE;
  VkImageView bloom = VK_NULL_HANDLE;
  VkImageView output = VK_NULL_HANDLE;  ///< null: the set's storage image is left unwritten
};

/// A set 1 of this frame, or null when the pool is exhausted.
VkDescriptorSet makePostSet(PassContext& context, const PostImages& images);
/// Binds set 0 of the view and set 1.
void bindPost(PassContext& context, VkPipelineBindPoint point, const ViewFrame& view, VkDescriptorSet post);
/// One thread per output texel in groups of 8 x 8.
void dispatchPost(PassContext& context, const gpu::Pipeline& pipeline, const ViewFrame& view, const PostImages& images,
                  VkExtent2D extent, const Push& push = {});

}  // namespace render
