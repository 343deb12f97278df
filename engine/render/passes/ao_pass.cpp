// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/ao_pass.h"

#include "engine/render/post.h"

namespace render {
namespace {

class AoPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<AoPass>();
    base::Result<gpu::Pipeline> made =
        gpu::Pipeline::compute(setup.device, {"ao.comp", setup.layouts.postPipeline.handle(),
                                              {{0, static_cast<uint32_t>(setup.quality)}}});
    if (!made) return base::Error{made.error()};
    pass->pipeline_ = std::move(*made);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "ao"; }
  ResourceSet reads() const override { return {Resource::Depth, Resource::SceneData}; }
  ResourceSet writes() const override { return {Resource::Ao}; }

  void record(PassContext& c) override {
    if (c.views.size() != 1) {
      // The shader takes the whole image for one view; several views go without.
      const VkClearColorValue open{{1.f, 1.f, 1.f, 1.f}};
      const VkImageSubresourceRange range{VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
      vkCmdClearColorImage(c.commands, c.targets.ao.handle(), VK_IMAGE_LAYOUT_GENERAL, &open, 1, &range);
      return;
    }
    PostImages images;
    images.output = c.targets.ao.view();
    dispatchPost(c, pipeline_, c.views.front(), images, c.targets.ao.extent());
  }

 private:
  gpu::Pipeline pipeline_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeAoPass(const PassSetup& setup) { return AoPass::make(setup); }

}  // namespace render
