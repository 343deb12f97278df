// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/gpu/descriptors.h"
#include "engine/gpu/device.h"

namespace gpu {

/// Descriptor sets and push constants that several pipelines share.
class PipelineLayout {
 public:
  PipelineLayout() = default;
  static base::Result<PipelineLayout> create(Device& device, std::span<const SetLayout* const> sets, uint32_t pushBytes);
  PipelineLayout(PipelineLayout&& other) noexcept { *this = std::move(other); }
  PipelineLayout& operator=(PipelineLayout&& other) noexcept;
  ~PipelineLayout();

  VkPipelineLayout handle() const { return layout_; }

 private:
  Device* device_ = nullptr;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
};

/// Screen: a + b - ab, of colour and alpha: what adding light comes to once it has been encoded for the display.
enum class Blend { None, Alpha, Premultiplied, Add, Screen };

struct ColorTarget {
  VkFormat format = VK_FORMAT_UNDEFINED;
  Blend blend = Blend::None;
  bool write = true;
};

/// A constant of a shader (constant_id and its value).
struct Constant {
  uint32_t id = 0;
  uint32_t value = 0;
};

struct GraphicsDesc {
  std::string vertexShader;    ///< name in the shader folder
  std::string fragmentShader;  ///< empty: depth only
  VkPipelineLayout layout = VK_NULL_HANDLE;
  uint32_t vertexStride = 0;   ///< of binding 0; 0: no vertex buffer
  uint32_t instanceStride = 0; ///< of binding 1, which advances per instance; 0: none
  std::vector<VkVertexInputAttributeDescription> attributes;
  std::vector<ColorTarget> colors;
  VkFormat depthFormat = VK_FORMAT_UNDEFINED;
  bool depthTest = false;      ///< reverse-z, GREATER_OR_EQUAL
  bool depthWrite = false;
  bool depthClamp = false;
  VkCullModeFlags cull = VK_CULL_MODE_NONE;
  float depthBias = 0;         ///< constant, in depth units of the format
  float depthBiasSlope = 0;
  std::vector<Constant> constants;
};

struct ComputeDesc {
  std::string shader;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  std::vector<Constant> constants;
};

/// A graphics (dynamic rendering, dynamic viewport and scissor) or compute pipeline.
class Pipeline {
 public:
  Pipeline() = default;
  static base::Result<Pipeline> graphics(Device& device, const GraphicsDesc& desc);
  static base::Result<Pipeline> compute(Device& device, const ComputeDesc& desc);
  Pipeline(Pipeline&& other) noexcept { *this = std::move(other); }
  Pipeline& operator=(Pipeline&& other) noexcept;
  ~Pipeline();

  explicit operator bool() const { return pipeline_ != VK_NULL_HANDLE; }
  VkPipeline handle() const { return pipeline_; }

 private:
  Device* device_ = nullptr;
  VkPipeline pipeline_ = VK_NULL_HANDLE;
};

}  // namespace gpu
