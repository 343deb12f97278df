// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/pipeline.h"

#include <array>
#include <utility>

#include "engine/gpu/shader.h"

namespace gpu {
namespace {

base::Result<VkShaderModule> makeModule(Device& device, const std::string& name) {
  const base::Result<std::vector<uint32_t>> words = loadShader(name);
  if (!words) return base::Error{words.error()};
  VkShaderModuleCreateInfo info{VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO};
  info.codeSize = words->size() * 4;
  info.pCode = words->data();
  VkShaderModule module = VK_NULL_HANDLE;
  const VkResult made = vkCreateShaderModule(device.handle(), &info, nullptr, &module);
  if (made != VK_SUCCESS) return vkError("the shader " + name + " was refused", made);
  return module;
}

/// Values of specialisation constants with the map that Vulkan wants.
struct Specialization {
  std::vector<VkSpecializationMapEntry> entries;
  std::vector<uint32_t> values;
  VkSpecializationInfo info{};

  explicit Specialization(const std::vector<Constant>& constants) {
    for (const Constant& c : constants) {
      entries.push_back({c.id, static_cast<uint32_t>(values.size() * 4), 4});
      values.push_back(c.value);
    }
    info = {static_cast<uint32_t>(entries.size()), entries.data(), values.size() * 4, values.data()};
  }
};

VkPipelineShaderStageCreateInfo stageInfo(VkShaderStageFlagBits stage, VkShaderModule module, const Specialization& s) {
  VkPipelineShaderStageCreateInfo info{VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO};
  info.stage = stage;
  info.module = module;
  info.pName = "main";
  info.pSpecializationInfo = &s.info;
  return info;
}

VkPipelineColorBlendAttachmentState blendState(const ColorTarget& target) {
  const Blend blend = target.blend;
  VkPipelineColorBlendAttachmentState s{};
  s.colorWriteMask = target.write ? 15 : 0;
  s.blendEnable = blend != Blend::None;
  s.srcColorBlendFactor = blend == Blend::Alpha ? VK_BLEND_FACTOR_SRC_ALPHA : VK_BLEND_FACTOR_ONE;
  s.srcAlphaBlendFactor = VK_BLEND_FACTOR_ONE;
  s.dstAlphaBlendFactor = blend == Blend::Add ? VK_BLEND_FACTOR_ONE : VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA;
  s.dstColorBlendFactor = blend == Blend::Screen ? VK_BLEND_FACTOR_ONE_MINUS_SRC_COLOR : s.dstAlphaBlendFactor;
  return s;
}

/// Everything but the stages, wired together where it stands.
struct FixedState {
  std::vector<VkVertexInputBindingDescription> bindings;
  VkPipelineVertexInputStateCreateInfo vertex{VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO};
  VkPipelineInputAssemblyStateCreateInfo assembly{VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO};
  VkPipelineViewportStateCreateInfo viewport{VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO};
  VkPipelineRasterizationStateCreateInfo raster{VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO};
  VkPipelineMultisampleStateCreateInfo samples{VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO};
  VkPipelineDepthStencilStateCreateInfo depth{VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO};
  std::vector<VkPipelineColorBlendAttachmentState> blends;
  VkPipelineColorBlendStateCreateInfo blend{VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO};
  std::array<VkDynamicState, 2> dynamics{VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
  VkPipelineDynamicStateCreateInfo dynamic{VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO};
  std::vector<VkFormat> formats;
  VkPipelineRenderingCreateInfo rendering{VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO};

  explicit FixedState(const GraphicsDesc& d) {
    if (d.vertexStride != 0) bindings.push_back({0, d.vertexStride, VK_VERTEX_INPUT_RATE_VERTEX});
    if (d.instanceStride != 0) bindings.push_back({1, d.instanceStride, VK_VERTEX_INPUT_RATE_INSTANCE});
    vertex.vertexBindingDescriptionCount = static_cast<uint32_t>(bindings.size());
    vertex.pVertexBindingDescriptions = bindings.data();
    vertex.vertexAttributeDescriptionCount = static_cast<uint32_t>(d.attributes.size());
    vertex.pVertexAttributeDescriptions = d.attributes.data();
    assembly.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
    viewport.viewportCount = viewport.scissorCount = 1;
    raster.cullMode = d.cull;
    raster.frontFace = VK_FRONT_FACE_COUNTER_CLOCKWISE;
    raster.lineWidth = 1;
    raster.depthClampEnable = d.depthClamp;
    raster.depthBiasEnable = d.depthBias != 0 || d.depthBiasSlope != 0;
    raster.depthBiasConstantFactor = d.depthBias;
    raster.depthBiasSlopeFactor = d.depthBiasSlope;
    samples.rasterizationSamples = VK_SAMPLE_COUNT_1_BIT;
    depth.depthTestEnable = d.depthTest;
    depth.depthWriteEnable = d.depthWrite;
    depth.depthCompareOp = VK_COMPARE_OP_GREATER_OR_EQUAL;
    for (const ColorTarget& c : d.colors) {
      blends.push_back(blendState(c));
      formats.push_back(c.format);
    }
    blend.attachmentCount = static_cast<uint32_t>(blends.size());
    blend.pAttachments = blends.data();
    dynamic.dynamicStateCount = static_cast<uint32_t>(dynamics.size());
    dynamic.pDynamicStates = dynamics.data();
    rendering.colorAttachmentCount = static_cast<uint32_t>(formats.size());
    rendering.pColorAttachmentFormats = formats.data();
    rendering.depthAttachmentFormat = d.depthFormat;
  }
  FixedState(const FixedState&) = delete;
  FixedState& operator=(const FixedState&) = delete;
};

VkResult createGraphics(Device& device, const GraphicsDesc& d, VkShaderModule vert, VkShaderModule frag, VkPipeline* out) {
  const Specialization constants(d.constants);
  const std::array<VkPipelineShaderStageCreateInfo, 2> stages{stageInfo(VK_SHADER_STAGE_VERTEX_BIT, vert, constants),
                                                              stageInfo(VK_SHADER_STAGE_FRAGMENT_BIT, frag, constants)};
  const FixedState f(d);
  VkGraphicsPipelineCreateInfo info{VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO};
  info.pNext = &f.rendering;
  info.stageCount = frag != VK_NULL_HANDLE ? 2 : 1;
  info.pStages = stages.data();
  info.pVertexInputState = &f.vertex;
  info.pInputAssemblyState = &f.assembly;
  info.pViewportState = &f.viewport;
  info.pRasterizationState = &f.raster;
  info.pMultisampleState = &f.samples;
  info.pDepthStencilState = &f.depth;
  info.pColorBlendState = &f.blend;
  info.pDynamicState = &f.dynamic;
  info.layout = d.layout;
  return vkCreateGraphicsPipelines(device.handle(), device.pipelineCache(), 1, &info, nullptr, out);
}

}  // namespace

base::Result<PipelineLayout> PipelineLayout::create(Device& device, std::span<const SetLayout* const> sets,
                                                    uint32_t pushBytes) {
  std::vector<VkDescriptorSetLayout> handles;
  for (const SetLayout* s : sets) handles.push_back(s->handle());
  const VkPushConstantRange range{VK_SHADER_STAGE_ALL, 0, pushBytes};
  VkPipelineLayoutCreateInfo info{VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO};
  info.setLayoutCount = static_cast<uint32_t>(handles.size());
  info.pSetLayouts = handles.data();
  info.pushConstantRangeCount = pushBytes != 0 ? 1 : 0;
  info.pPushConstantRanges = &range;
  PipelineLayout result;
  const VkResult made = vkCreatePipelineLayout(device.handle(), &info, nullptr, &result.layout_);
  if (made != VK_SUCCESS) return vkError("a pipeline layout could not be made", made);
  result.device_ = &device;
  device.countObject(1);
  return result;
}

PipelineLayout& PipelineLayout::operator=(PipelineLayout&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(layout_, other.layout_);
  return *this;
}

PipelineLayout::~PipelineLayout() {
  if (layout_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_PIPELINE_LAYOUT, layout_);
  device_->countObject(-1);
}

base::Result<Pipeline> Pipeline::graphics(Device& device, const GraphicsDesc& desc) {
  const base::Result<VkShaderModule> vert = makeModule(device, desc.vertexShader);
  if (!vert) return base::Error{vert.error()};
  VkShaderModule frag = VK_NULL_HANDLE;
  if (!desc.fragmentShader.empty()) {
    const base::Result<VkShaderModule> made = makeModule(device, desc.fragmentShader);
    if (!made) {
      vkDestroyShaderModule(device.handle(), *vert, nullptr);
      return base::Error{made.error()};
    }
    frag = *made;
  }
  Pipeline result;
  const VkResult made = createGraphics(device, desc, *vert, frag, &result.pipeline_);
  vkDestroyShaderModule(device.handle(), *vert, nullptr);
  vkDestroyShaderModule(device.handle(), frag, nullptr);
  const std::string name = desc.vertexShader + " + " + desc.fragmentShader;
  if (made != VK_SUCCESS) return vkError("the pipeline " + name + " could not be made", device.note(made));
  result.device_ = &device;
  device.setName(VK_OBJECT_TYPE_PIPELINE, result.pipeline_, name.c_str());
  device.countObject(1);
  return result;
}

base::Result<Pipeline> Pipeline::compute(Device& device, const ComputeDesc& desc) {
  const base::Result<VkShaderModule> module = makeModule(device, desc.shader);
  if (!module) return base::Error{module.error()};
  const Specialization constants(desc.constants);
  VkComputePipelineCreateInfo info{VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO};
  info.stage = stageInfo(VK_SHADER_STAGE_COMPUTE_BIT, *module, constants);
  info.layout = desc.layout;
  Pipeline result;
  const VkResult made =
      vkCreateComputePipelines(device.handle(), device.pipelineCache(), 1, &info, nullptr, &result.pipeline_);
  vkDestroyShaderModule(device.handle(), *module, nullptr);
  if (made != VK_SUCCESS) return vkError("the pipeline " + desc.shader + " could not be made", device.note(made));
  result.device_ = &device;
  device.setName(VK_OBJECT_TYPE_PIPELINE, result.pipeline_, desc.shader.c_str());
  device.countObject(1);
  return result;
}

Pipeline& Pipeline::operator=(Pipeline&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(pipeline_, other.pipeline_);
  return *this;
}

Pipeline::~Pipeline() {
  if (pipeline_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_PIPELINE, pipeline_);
  device_->countObject(-1);
}

}  // namespace gpu
