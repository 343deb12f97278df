// SPDX-License-Identifier: Apache-2.0
#include "engine/render/draw.h"

#include <array>
#include <bit>
#include <cstddef>

namespace render {
namespace {

VkRenderingAttachmentInfo infoOf(const Attachment& a) {
  VkRenderingAttachmentInfo info{VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO};
  info.imageView = a.view;
  info.imageLayout = VK_IMAGE_LAYOUT_GENERAL;
  info.loadOp = a.clear ? VK_ATTACHMENT_LOAD_OP_CLEAR : VK_ATTACHMENT_LOAD_OP_LOAD;
  info.storeOp = a.keep ? VK_ATTACHMENT_STORE_OP_STORE : VK_ATTACHMENT_STORE_OP_DONT_CARE;
  info.clearValue = a.value;
  return info;
}

void pushAndDraw(PassContext& c, const MeshRange& mesh, uint32_t instances, const Push& push, uint32_t firstInstance = 0) {
  vkCmdPushConstants(c.commands, c.layouts.scenePipeline.handle(), VK_SHADER_STAGE_ALL, 0, sizeof(Push), &push);
  vkCmdDrawIndexed(c.commands, mesh.indexCount, instances, mesh.firstIndex, static_cast<int32_t>(mesh.firstVertex), firstInstance);
  ++c.report.draws;
  c.report.triangles += uint64_t{mesh.indexCount} / 3 * instances;
}

const MeshPart* partOf(const PassContext& c, const MeshRange& mesh, SurfaceClass surfaceClass) {
  for (const MeshPart& p : c.scene.meshes().parts(mesh.slot))
    if (p.surfaceClass == surfaceClass) return &p;
  return nullptr;
}

const MeshPart* partOf(const PassContext& c, const StaticDraw& draw, SurfaceClass surfaceClass) { return partOf(c, draw.mesh, surfaceClass); }

const MeshPart* partOf(const PassContext& c, const InstanceDraw& draw, SurfaceClass surfaceClass) {
  const bool day = c.lights.state == GroundFieldImages::State::Base;
  return draw.lampsByNightOnly && day && surfaceClass == SurfaceClass::Device ? nullptr : partOf(c, draw.mesh, surfaceClass);
}

template <typename Draw>
bool anyHasClass(const PassContext& c, std::span<const Draw> draws, SurfaceClass surfaceClass) {
  for (const Draw& d : draws)
    if (partOf(c, d, surfaceClass) != nullptr) return true;
  return false;
}

MeshRange rangeOf(MeshRange mesh, const MeshPart& part) {
  mesh.firstIndex = part.firstIndex;
  mesh.indexCount = part.indexCount;
  return mesh;
}

}  // namespace

std::vector<VkVertexInputAttributeDescription> vertexAttributes() { return vertexAttributes({0, 1, 2, 3, 4, 5}); }

std::vector<VkVertexInputAttributeDescription> vertexAttributes(std::initializer_list<uint32_t> locations) {
  using V = scene::Vertex;
  constexpr std::array<uint32_t, 6> kOffsets{offsetof(V, position), offsetof(V, normal), offsetof(V, color),
                                             offsetof(V, uv), offsetof(V, surface), offsetof(V, object)};
  std::vector<VkVertexInputAttributeDescription> result;
  for (const uint32_t l : locations)
    result.push_back({l, 0, l == 0 ? VK_FORMAT_R32G32B32_SFLOAT : VK_FORMAT_R32_UINT, kOffsets[l]});
  return result;
}

void bindMeshes(PassContext& c) {
  const VkBuffer vertices = c.scene.meshes().vertices();
  const VkDeviceSize zero = 0;
  vkCmdBindVertexBuffers(c.commands, 0, 1, &vertices, &zero);
  vkCmdBindIndexBuffer(c.commands, c.scene.meshes().indices(), 0, VK_INDEX_TYPE_UINT32);
  bindRows(c);
}

void takeInstances(gpu::GraphicsDesc& desc, bool rows, const std::string& shader) {
  desc.vertexShader = shader + (rows ? "_rows.vert" : ".vert");
  desc.instanceStride = 0;
  if (!rows) return;
  using I = scene::Instance;
  desc.instanceStride = sizeof(I);
  desc.attributes.push_back({6, kRowBinding, VK_FORMAT_R32G32B32A32_SFLOAT, offsetof(I, position0)});
  desc.attributes.push_back({7, kRowBinding, VK_FORMAT_R32G32B32A32_SFLOAT, offsetof(I, position1)});
  desc.attributes.push_back({8, kRowBinding, VK_FORMAT_R32G32B32A32_UINT, offsetof(I, time0)});
  desc.attributes.push_back({9, kRowBinding, VK_FORMAT_R32G32B32A32_UINT, offsetof(I, color)});
}

void bindRows(PassContext& c) {
  if (c.rows.data == nullptr) return;
  vkCmdBindVertexBuffers(c.commands, kRowBinding, 1, &c.rows.buffer, &c.rows.offset);
}

void bindSet(PassContext& c, VkDescriptorSet set) {
  vkCmdBindDescriptorSets(c.commands, VK_PIPELINE_BIND_POINT_GRAPHICS, c.layouts.scenePipeline.handle(), 0, 1, &set, 0,
                          nullptr);
}

void bindPipeline(PassContext& c, const gpu::Pipeline& pipeline) {
  vkCmdBindPipeline(c.commands, VK_PIPELINE_BIND_POINT_GRAPHICS, pipeline.handle());
}

void setViewport(VkCommandBuffer commands, const VkRect2D& rect) {
  const VkViewport viewport{static_cast<float>(rect.offset.x), static_cast<float>(rect.offset.y),
                            static_cast<float>(rect.extent.width), static_cast<float>(rect.extent.height), 0.f, 1.f};
  vkCmdSetViewport(commands, 0, 1, &viewport);
  vkCmdSetScissor(commands, 0, 1, &rect);
}

void setViewport(PassContext& c, const VkRect2D& rect) {
  setViewport(c.commands, rect);
  if (c.part == Part::Still) vkCmdSetScissor(c.commands, 0, 1, &c.still.band());
}

void drawStatics(PassContext& c, std::span<const StaticDraw> draws, Push push) {
  for (const StaticDraw& d : draws) {
    push.layer = static_cast<uint32_t>(d.layer);
    pushAndDraw(c, d.mesh, 1, push);
  }
}

void drawInstances(PassContext& c, std::span<const InstanceDraw> draws, const Push& push) {
  for (const InstanceDraw& d : draws) pushAndDraw(c, d.mesh, d.count, push, d.visibleBase);
}

void drawGroves(PassContext& c, std::span<const GroveRange> draws, const Push& push) {
  if (draws.empty()) return;
  const VkBuffer vertices = c.scene.groves().vertices();
  const VkDeviceSize zero = 0;
  vkCmdBindVertexBuffers(c.commands, 0, 1, &vertices, &zero);
  vkCmdBindIndexBuffer(c.commands, c.scene.groves().indices(), 0, VK_INDEX_TYPE_UINT32);
  for (const GroveRange& d : draws) pushAndDraw(c, {.firstIndex = d.firstIndex, .indexCount = d.indexCount}, 1, push);
}

bool hasClass(const PassContext& c, std::span<const StaticDraw> draws, SurfaceClass surfaceClass) {
  return anyHasClass(c, draws, surfaceClass);
}

bool hasClass(const PassContext& c, std::span<const InstanceDraw> draws, SurfaceClass surfaceClass) {
  return anyHasClass(c, draws, surfaceClass);
}

void drawStatics(PassContext& c, std::span<const StaticDraw> draws, SurfaceClass surfaceClass) {
  Push push;
  for (const StaticDraw& d : draws) {
    const MeshPart* part = partOf(c, d, surfaceClass);
    if (part == nullptr) continue;
    push.layer = static_cast<uint32_t>(d.layer);
    pushAndDraw(c, rangeOf(d.mesh, *part), 1, push);
  }
}

void drawInstances(PassContext& c, std::span<const InstanceDraw> draws, SurfaceClass surfaceClass) {
  Push push;
  for (const InstanceDraw& d : draws) {
    const MeshPart* part = partOf(c, d, surfaceClass);
    if (part == nullptr) continue;
    push.flags = std::bit_cast<uint32_t>(d.leastSize);
    pushAndDraw(c, rangeOf(d.mesh, *part), d.count, push, d.visibleBase);
  }
}

void drawVertices(PassContext& c, uint32_t vertices, uint32_t instances, const Push& push, uint32_t firstInstance) {
  vkCmdPushConstants(c.commands, c.layouts.scenePipeline.handle(), VK_SHADER_STAGE_ALL, 0, sizeof(Push), &push);
  vkCmdDraw(c.commands, vertices, instances, 0, firstInstance);
  ++c.report.draws;
  c.report.triangles += uint64_t{vertices} / 3 * instances;
}

void beginRendering(VkCommandBuffer commands, VkExtent2D extent, std::span<const Attachment> colors, const Attachment* depth) {
  beginRendering(commands, VkRect2D{{0, 0}, extent}, colors, depth);
}

void beginRendering(VkCommandBuffer commands, const VkRect2D& area, std::span<const Attachment> colors, const Attachment* depth) {
  std::array<VkRenderingAttachmentInfo, 4> infos{};
  ENSURE(colors.size() <= infos.size());
  for (size_t i = 0; i < colors.size(); ++i) infos[i] = infoOf(colors[i]);
  VkRenderingAttachmentInfo depthInfo{};
  if (depth != nullptr) depthInfo = infoOf(*depth);
  VkRenderingInfo info{VK_STRUCTURE_TYPE_RENDERING_INFO};
  info.renderArea = area;
  info.layerCount = 1;
  info.colorAttachmentCount = static_cast<uint32_t>(colors.size());
  info.pColorAttachments = infos.data();
  info.pDepthAttachment = depth != nullptr ? &depthInfo : nullptr;
  vkCmdBeginRendering(commands, &info);
}

}  // namespace render
