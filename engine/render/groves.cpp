// SPDX-License-Identifier: Apache-2.0
#include "engine/render/groves.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/math/pack.h"

namespace render {
namespace {

/// More than a handful of vertices is no distant tree.
constexpr size_t kMostVertices = 12;

bool qualifies(const scene::Model& model, const scene::Mesh& mesh) {
  if (model.moves || model.alwaysVisible || mesh.vertices.empty() || mesh.vertices.size() > kMostVertices) return false;
  return std::all_of(mesh.vertices.begin(), mesh.vertices.end(), [](const scene::Vertex& v) {
    const uint32_t kind = v.surface & 255u;
    return kind == gpu_types::kSurfacePlain || kind == gpu_types::kSurfaceFoliage;
  });
}

// The inverse of math::packNormal, and hash01 and poseRotation of the shaders: a merged tree must look as the
// same tree drawn as an instance.
glm::vec3 unpackNormal(uint32_t packed) {
  const glm::vec2 e = glm::unpackSnorm2x16(packed);
  glm::vec3 n(e, 1.f - std::abs(e.x) - std::abs(e.y));
  const float t = std::max(-n.z, 0.f);
  n.x += n.x >= 0 ? -t : t;
  n.y += n.y >= 0 ? -t : t;
  return glm::normalize(n);
}

float hash01(uint32_t v) {
  const uint32_t s = v * 747796405u + 2891336453u;
  const uint32_t w = ((s >> ((s >> 28u) + 4u)) ^ s) * 277803737u;
  return static_cast<float>(((w >> 22u) ^ w) >> 8) * (1.f / 16777216.f);
}

glm::mat3 rotationOf(float yaw, float pitch) {
  const float c = std::cos(yaw), s = std::sin(yaw), cp = std::cos(pitch), sp = std::sin(pitch);
  return {glm::vec3(c * cp, s * cp, sp), glm::vec3(-s, c, 0.f), glm::vec3(-c * sp, -s * sp, cp)};
}

struct Merged {
  std::vector<scene::Vertex> vertices;
  std::vector<uint32_t> indices;
};

void addTree(const scene::Mesh& mesh, const scene::Instance& instance, uint32_t slot, Merged& out) {
  const glm::mat3 turn = rotationOf(instance.yaw1, instance.pitch);
  const glm::vec2 scale2 = glm::unpackHalf2x16(instance.scale);
  const glm::vec3 scale(scale2.x, scale2.x, scale2.y);
  // The two draws of leafAlbedo() in shaders/lib/leaves.glsl, a byte each.
  const auto byteOf = [](float draw) { return static_cast<uint32_t>(std::lround(draw * 255.f)); };
  const uint32_t leaf = byteOf(hash01(instance.seed * 3u + 7u)) | byteOf(hash01(instance.seed + 101u)) << 8;
  const auto first = static_cast<uint32_t>(out.vertices.size());
  for (const scene::Vertex& v : mesh.vertices) {
    scene::Vertex w = v;
    w.position = instance.position1 + turn * (v.position * scale);
    w.normal = math::packNormal(turn * glm::normalize(unpackNormal(v.normal) / scale));
    w.surface = (v.surface & 0xffffu) | leaf << 16;
    w.uv = instance.seed;
    w.object = slot;
    out.vertices.push_back(w);
  }
  for (const uint32_t i : mesh.indices) out.indices.push_back(first + i);
}

struct CellAt {
  size_t level;
  glm::ivec2 place;
  CellIndex at;
  const scene::Mesh* mesh;
  auto key() const { return std::tuple(level, place.y, place.x, at.model, at.cell); }
};

}  // namespace

base::Result<Groves> Groves::create(gpu::Device& device) {
  Groves g;
  auto vertices = gpu::GrowingBuffer::create(device, VK_BUFFER_USAGE_VERTEX_BUFFER_BIT, 1 << 16, "grove vertices");
  if (!vertices) return base::Error{vertices.error()};
  auto indices = gpu::GrowingBuffer::create(device, VK_BUFFER_USAGE_INDEX_BUFFER_BIT, 1 << 14, "grove indices");
  if (!indices) return base::Error{indices.error()};
  g.vertices_ = std::move(*vertices);
  g.indices_ = std::move(*indices);
  return g;
}

base::Result<uint64_t> Groves::sync(gpu::Frame& frame, const scene::Scene& scene, const InstanceLists& lists) {
  if (listsRevision_ == lists.standingRevision()) return 0;
  listsRevision_ = lists.standingRevision();
  ranges_.assign(lists.models().size(), {});
  std::vector<CellAt> cells;
  for (size_t m = 0; m < lists.models().size(); ++m) {
    const ModelInstances& list = lists.models()[m];
    const scene::Model* model = scene.instances.model(list.model);
    if (model == nullptr) continue;
    ranges_[m].resize(model->levels.size());
    for (size_t l = 0; l < model->levels.size(); ++l) {
      const scene::Mesh* mesh = scene.meshes.find(model->levels[l].mesh);
      if (mesh == nullptr || !qualifies(*model, *mesh)) continue;
      ranges_[m][l].resize(list.cells.size());
      for (size_t c = 0; c < list.cells.size(); ++c) cells.push_back({l, list.cells[c].place, {m, c}, mesh});
    }
  }
  std::sort(cells.begin(), cells.end(), [](const CellAt& a, const CellAt& b) { return a.key() < b.key(); });
  Merged merged;
  for (const CellAt& one : cells) {
    const ModelInstances& list = lists.models()[one.at.model];
    const InstanceCell& cell = list.cells[one.at.cell];
    const auto first = static_cast<uint32_t>(merged.indices.size());
    for (uint32_t i = 0; i < cell.count; ++i) {
      const uint32_t slot = list.standing[cell.first + i];
      addTree(*one.mesh, *scene.instances.find(scene.instances.rows().handleAt(slot)), slot, merged);
    }
    ranges_[one.at.model][one.level][one.at.cell] = {first, static_cast<uint32_t>(merged.indices.size()) - first};
  }
  if (merged.indices.empty()) return 0;
  const auto vertexBytes = gpu::bytesOf(merged.vertices);
  const auto indexBytes = gpu::bytesOf(merged.indices);
  if (base::Status s = vertices_.ensure(frame.commands, vertexBytes.size()); !s) return base::Error{s.error()};
  if (base::Status s = indices_.ensure(frame.commands, indexBytes.size()); !s) return base::Error{s.error()};
  const bool copied = frame.upload.copyTo(frame.commands, vertices_.handle(), 0, vertexBytes) &&
                      frame.upload.copyTo(frame.commands, indices_.handle(), 0, indexBytes);
  if (!copied) return base::Error{"no memory to upload the distant trees"};
  return vertexBytes.size() + indexBytes.size();
}

GroveRange Groves::range(CellIndex at, size_t level) const {
  if (at.model >= ranges_.size() || level >= ranges_[at.model].size()) return {};
  const std::vector<GroveRange>& cells = ranges_[at.model][level];
  return at.cell < cells.size() ? cells[at.cell] : GroveRange{};
}

void joinGroves(std::vector<GroveRange>& list) {
  std::sort(list.begin(), list.end(), [](const GroveRange& a, const GroveRange& b) { return a.firstIndex < b.firstIndex; });
  size_t kept = 0;
  for (const GroveRange& r : list) {
    if (kept > 0 && list[kept - 1].firstIndex + list[kept - 1].indexCount == r.firstIndex) list[kept - 1].indexCount += r.indexCount;
    else list[kept++] = r;
  }
  list.resize(kept);
}

}  // namespace render
