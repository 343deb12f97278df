// SPDX-License-Identifier: Apache-2.0
#include "engine/render/position_pipelines.h"

namespace render {

base::Result<PositionPipelines> PositionPipelines::make(const PassSetup& setup, gpu::GraphicsDesc desc) {
  PositionPipelines p;
  desc.layout = setup.layouts.scenePipeline.handle();
  desc.vertexStride = sizeof(scene::Vertex);
  desc.depthFormat = kDepthFormat;
  desc.depthTest = desc.depthWrite = true;
  struct Wanted {
    const char* shader;
    std::vector<VkVertexInputAttributeDescription> attributes;
    gpu::Pipeline* into;
  };
  const Wanted all[] = {{"shadow_static", vertexAttributes({0, 5}), &p.statics_},
                        {"shadow_grove", vertexAttributes({0}), &p.groves_},
                        {"shadow_instance", vertexAttributes({0}), &p.instances_}};
  for (const Wanted& w : all) {
    desc.attributes = w.attributes;
    takeInstances(desc, setup.instanceRows && w.into == &p.instances_, w.shader);
    base::Result<gpu::Pipeline> made = gpu::Pipeline::graphics(setup.device, desc);
    if (!made) return base::Error{made.error()};
    *w.into = std::move(*made);
  }
  return p;
}

void PositionPipelines::draw(PassContext& c, VkDescriptorSet set, const DrawLists& draws, const glm::mat4& worldToClip) const {
  Push push;
  push.shadowMatrix = worldToClip;
  bindMeshes(c);
  bindPipeline(c, statics_);
  bindSet(c, set);
  drawStatics(c, draws.opaque, push);
  bindPipeline(c, instances_);
  drawInstances(c, draws.instances, push);
  if (draws.groves.empty()) return;
  bindPipeline(c, groves_);
  drawGroves(c, draws.groves, push);
}

}  // namespace render
