// SPDX-License-Identifier: Apache-2.0
#include "engine/render/post.h"

namespace render {

VkDescriptorSet makePostSet(PassContext& c, const PostImages& images) {
  const VkDescriptorSet set = c.frame.descriptors.allocate(c.layouts.post);
  if (set == VK_NULL_HANDLE) return set;
  const VkImageView color = images.color != VK_NULL_HANDLE ? images.color : c.targets.color.view();
  const auto orColor = [&](VkImageView view) { return view != VK_NULL_HANDLE ? view : c.targets.color.view(); };
  gpu::SetWriter writer(c.device, c.layouts.post, set);
  writer.image(0, color, c.samplers.linear.handle())
      .image(1, c.targets.id.view(), c.samplers.nearest.handle())
      .image(2, c.targets.depth.view(), c.samplers.nearest.handle())
      .image(3, orColor(images.ao), c.samplers.linear.handle())
      .image(4, orColor(images.bloom), c.samplers.linear.handle());
  if (images.output != VK_NULL_HANDLE) writer.image(5, images.output);
  writer.write();
  return set;
}

void bindPost(PassContext& c, VkPipelineBindPoint point, const ViewFrame& view, VkDescriptorSet post) {
  const VkDescriptorSet sets[] = {view.set, post};
  vkCmdBindDescriptorSets(c.commands, point, c.layouts.postPipeline.handle(), 0, 2, sets, 0, nullptr);
}

void dispatchPost(PassContext& c, const gpu::Pipeline& pipeline, const ViewFrame& view, const PostImages& images,
                  VkExtent2D extent, const Push& push) {
  const VkDescriptorSet set = makePostSet(c, images);
  if (set == VK_NULL_HANDLE) return;
  vkCmdBindPipeline(c.commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.handle());
  bindPost(c, VK_PIPELINE_BIND_POINT_COMPUTE, view, set);
  vkCmdPushConstants(c.commands, c.layouts.postPipeline.handle(), VK_SHADER_STAGE_ALL, 0, sizeof(Push), &push);
  vkCmdDispatch(c.commands, (extent.width + 7) / 8, (extent.height + 7) / 8, 1);
}

}  // namespace render
