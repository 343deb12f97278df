// SPDX-License-Identifier: Apache-2.0
// What the passes that draw scene geometry share.
#pragma once

#include <span>
#include <vector>

#include "engine/render/pass.h"

namespace render {

/// Binding 0 is the vertices of a mesh, 1 what advances per instance (gpu::GraphicsDesc::instanceStride).
constexpr uint32_t kRowBinding = 1;

/// Attribute locations of Vertex, as shaders/README.md lists them.
std::vector<VkVertexInputAttributeDescription> vertexAttributes();
/// A subset by location: shadow passes take what they read.
std::vector<VkVertexInputAttributeDescription> vertexAttributes(std::initializer_list<uint32_t> locations);

/// Makes `desc` draw instances with `shader` (a name without ending): out of the scene's buffer by way of the visible
/// list, or, `rows`, out of the frame's rows, whose attributes join those that `desc` has.
void takeInstances(gpu::GraphicsDesc& desc, bool rows, const std::string& shader);

/// Meshes, and the frame's rows where it has them.
void bindMeshes(PassContext& context);
void bindRows(PassContext& context);
void bindSet(PassContext& context, VkDescriptorSet set);
void bindPipeline(PassContext& context, const gpu::Pipeline& pipeline);
void setViewport(VkCommandBuffer commands, const VkRect2D& rect);
/// The same, but while what is still is recorded, only the still layer's band is touched.
void setViewport(PassContext& context, const VkRect2D& rect);
/// Pushes `push`, of statics with the draw's own layer, and draws; counts draws and triangles.
void drawStatics(PassContext& context, std::span<const StaticDraw> draws, Push push);
void drawInstances(PassContext& context, std::span<const InstanceDraw> draws, const Push& push);
/// The same, but of each mesh only the triangles of one surface class.
void drawStatics(PassContext& context, std::span<const StaticDraw> draws, SurfaceClass surfaceClass);
void drawInstances(PassContext& context, std::span<const InstanceDraw> draws, SurfaceClass surfaceClass);
/// Distant trees; binds their own buffers, so that bindMeshes() comes before anything else.
void drawGroves(PassContext& context, std::span<const GroveRange> draws, const Push& push);
/// Whether any of the draws has triangles of that class.
bool hasClass(const PassContext& context, std::span<const StaticDraw> draws, SurfaceClass surfaceClass);
bool hasClass(const PassContext& context, std::span<const InstanceDraw> draws, SurfaceClass surfaceClass);
/// Triangles without buffers.
void drawVertices(PassContext& context, uint32_t vertices, uint32_t instances, const Push& push, uint32_t firstInstance = 0);

/// Rendering into colour attachments in GENERAL layout; `clear` decides between clearing and loading.
struct Attachment {
  VkImageView view = VK_NULL_HANDLE;
  bool clear = true;
  bool keep = true;  ///< store the result
  VkClearValue value{};
};
void beginRendering(VkCommandBuffer commands, VkExtent2D extent, std::span<const Attachment> colors, const Attachment* depth);
/// In a part of the attachments only; what lies outside of `area` stays as it is.
void beginRendering(VkCommandBuffer commands, const VkRect2D& area, std::span<const Attachment> colors, const Attachment* depth);

}  // namespace render
