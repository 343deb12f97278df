// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/bloom_pass.h"

#include "engine/gpu/barrier.h"
#include "engine/render/post.h"

namespace render {
namespace {

class BloomPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<BloomPass>();
    const std::vector<gpu::Constant> constants{{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> down =
        gpu::Pipeline::compute(setup.device, {"bloom_down.comp", setup.layouts.postPipeline.handle(), constants});
    if (!down) return base::Error{down.error()};
    base::Result<gpu::Pipeline> up =
        gpu::Pipeline::compute(setup.device, {"bloom_up.comp", setup.layouts.postPipeline.handle(), constants});
    if (!up) return base::Error{up.error()};
    pass->down_ = std::move(*down);
    pass->up_ = std::move(*up);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "bloom"; }
  ResourceSet reads() const override { return {Resource::Color}; }
  ResourceSet writes() const override { return {Resource::Bloom}; }

  void record(PassContext& c) override {
    const gpu::Image& down = c.targets.bloomDown;
    const gpu::Image& up = c.targets.bloom;
    for (uint32_t mip = 0; mip < down.mips(); ++mip) {
      PostImages images;
      images.bloom = mip == 0 ? VK_NULL_HANDLE : down.subview(mip - 1, 0);
      images.output = down.subview(mip, 0);
      step(c, down_, images, down.mipExtent(mip), mip);
    }
    // Each level gains the blurred one below it; the smallest is where it starts.
    for (uint32_t mip = up.mips(); mip-- > 0;) {
      PostImages images;
      images.bloom = mip + 1 == up.mips() ? down.subview(mip + 1, 0) : up.subview(mip + 1, 0);
      images.color = down.subview(mip, 0);
      images.output = up.subview(mip, 0);
      step(c, up_, images, up.mipExtent(mip), mip);
    }
  }

 private:
  static void step(PassContext& c, const gpu::Pipeline& pipeline, const PostImages& images, VkExtent2D extent, uint32_t level) {
    Push push;
    push.flags = level;
    dispatchPost(c, pipeline, c.views.front(), images, extent, push);
    gpu::fullBarrier(c.commands);
  }

  gpu::Pipeline down_;
  gpu::Pipeline up_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeBloomPass(const PassSetup& setup) { return BloomPass::make(setup); }

}  // namespace render
