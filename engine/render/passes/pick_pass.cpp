// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/pick_pass.h"

#include <algorithm>

namespace render {
namespace {

class PickPass final : public Pass {
 public:
  const char* name() const override { return "pick"; }
  ResourceSet reads() const override { return {Resource::Ids, Resource::Depth}; }
  ResourceSet writes() const override { return {Resource::PickResult}; }
  bool wanted(const PassContext& c) const override { return c.pickBuffer != nullptr; }

  void record(PassContext& c) override {
    copy(c, c.targets.id, 0);
    copy(c, c.targets.depth, 4);
  }

 private:
  static void copy(PassContext& c, const gpu::Image& image, VkDeviceSize offset) {
    VkBufferImageCopy region{};
    region.bufferOffset = offset;
    region.imageSubresource = {image.aspect(), 0, 0, 1};
    region.imageOffset = {c.pickTexel.x, c.pickTexel.y, 0};
    region.imageExtent = {1, 1, 1};
    vkCmdCopyImageToBuffer(c.commands, image.handle(), VK_IMAGE_LAYOUT_GENERAL, c.pickBuffer->handle(), 1, &region);
  }
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makePickPass(const PassSetup&) { return std::unique_ptr<Pass>(new PickPass()); }

}  // namespace render
