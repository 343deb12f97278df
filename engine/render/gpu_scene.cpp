// SPDX-License-Identifier: Apache-2.0
#include "engine/render/gpu_scene.h"

#include <algorithm>

#include "engine/gpu/barrier.h"
#include "engine/math/polyline.h"

namespace render {
namespace {

constexpr uint32_t kThroughWalls = 4;
constexpr uint32_t kDashed = 8;

/// Lines that follow the ground come with a point every few metres.
constexpr float kLineTolerance = 0.1f;  // metres
constexpr float kLongestPiece = 60;     // metres; dashes keep their length along a piece

void appendLine(const scene::Line& line, std::vector<gpu_types::LinePoint>& out) {
  if (!line.visible || line.points.size() < 2) return;
  float along = 0;
  size_t before = 0;
  for (const size_t i : math::worthDrawing(line.points, kLineTolerance, kLongestPiece)) {
    for (; before < i; ++before) along += glm::length(line.points[before + 1] - line.points[before]);
    gpu_types::LinePoint p{};
    p.position = line.points[i];
    p.along = along;
    p.color = line.color;
    p.width = line.widthMetres > 0 ? -line.widthMetres : line.widthPixels;
    p.flow = line.flow;
    p.flags = (i == 0 ? kFirstPoint : 0u) | (i + 1 == line.points.size() ? kLastPoint : 0u) |
              (line.throughWalls ? kThroughWalls : 0u) | (line.dashed ? kDashed : 0u);
    out.push_back(p);
  }
}

template <typename T>
std::span<const std::byte> slice(const std::vector<T>& v, uint32_t first, uint32_t count) {
  return std::as_bytes(std::span(v).subspan(first, count));
}

}  // namespace

base::Result<GpuScene> GpuScene::create(gpu::Device& device) {
  GpuScene s;
  base::Result<MeshArena> meshes = MeshArena::create(device);
  if (!meshes) return base::Error{meshes.error()};
  s.meshes_ = std::move(*meshes);
  base::Result<Groves> groves = Groves::create(device);
  if (!groves) return base::Error{groves.error()};
  s.groves_ = std::move(*groves);
  struct Wanted {
    gpu::GrowingBuffer* buffer;
    const char* name;
  };
  const Wanted all[] = {{&s.instances_, "instances"}, {&s.objects_, "objects"}, {&s.lights_, "lights"}, {&s.lines_, "lines"}};
  for (const Wanted& w : all) {
    base::Result<gpu::GrowingBuffer> made =
        gpu::GrowingBuffer::create(device, VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_VERTEX_BUFFER_BIT, 1 << 16, w.name);
    if (!made) return base::Error{made.error()};
    *w.buffer = std::move(*made);
  }
  return s;
}

base::Result<uint64_t> GpuScene::sync(gpu::Device& device, gpu::Frame& frame, scene::Scene& scene) {
  uploaded_ = 0;
  const base::Result<uint64_t> meshBytes = meshes_.sync(frame.commands, frame.upload, scene.meshes);
  if (!meshBytes) return base::Error{meshBytes.error()};
  uploaded_ += *meshBytes;
  const Ranges changed = scene.instances.takeChanges();
  if (base::Status s = syncInstances(frame, scene.instances, changed); !s) return base::Error{s.error()};
  const base::Result<bool> objectsChanged = syncObjects(frame, scene.statics);
  if (!objectsChanged) return base::Error{objectsChanged.error()};
  const base::Result<bool> lampsChanged = syncLights(frame, scene.lights);
  if (!lampsChanged) return base::Error{lampsChanged.error()};
  lampsChanged_ = *lampsChanged;
  if (base::Status s = syncLines(frame, scene.lines); !s) return base::Error{s.error()};
  if (base::Status s = field_.sync(device, frame.commands, frame.upload, scene.ground, *lampsChanged); !s)
    return base::Error{s.error()};
  lists_.update(scene.instances, changed);
  const base::Result<uint64_t> groveBytes = groves_.sync(frame, scene, lists_);
  if (!groveBytes) return base::Error{groveBytes.error()};
  uploaded_ += *groveBytes;
  followShadows(scene);
  followStill(scene, *objectsChanged || *meshBytes > 0);
  return uploaded_;
}

base::Status GpuScene::syncInstances(gpu::Frame& frame, const scene::InstanceStore& store, const Ranges& changed) {
  constexpr VkDeviceSize kSize = sizeof(scene::Instance);
  if (base::Status s = instances_.ensure(frame.commands, store.rows().slotCount() * kSize); !s) return s;
  std::vector<scene::Instance> rows;
  for (const base::ChangeSet::Range& r : changed) {
    rows.clear();
    for (uint32_t slot = r.first; slot < r.first + r.count; ++slot) {
      const scene::Instance* instance = store.find(store.rows().handleAt(slot));
      rows.push_back(instance ? *instance : scene::Instance{});
      if (!instance) rows.back().state = gpu_types::kStateHidden;
    }
    if (!frame.upload.copyTo(frame.commands, instances_.handle(), r.first * kSize, gpu::bytesOf(rows)))
      return base::Error{"no memory to upload instances"};
    uploaded_ += rows.size() * kSize;
  }
  return base::okStatus();
}

base::Result<bool> GpuScene::syncObjects(gpu::Frame& frame, scene::StaticStore& store) {
  constexpr VkDeviceSize kSize = sizeof(gpu_types::Object);
  if (base::Status s = objects_.ensure(frame.commands, store.objectCount() * kSize); !s) return base::Error{s.error()};
  const Ranges changed = store.takeObjectChanges();
  for (const base::ChangeSet::Range& r : changed) {
    if (!frame.upload.copyTo(frame.commands, objects_.handle(), r.first * kSize, slice(store.objects(), r.first, r.count)))
      return base::Error{"no memory to upload objects"};
    uploaded_ += r.count * kSize;
  }
  return !changed.empty();
}

base::Result<bool> GpuScene::syncLights(gpu::Frame& frame, scene::LightStore& store) {
  constexpr VkDeviceSize kSize = sizeof(scene::Light);
  lightCount_ = store.lights().slotCount();
  if (base::Status s = lights_.ensure(frame.commands, lightCount_ * kSize); !s) return base::Error{s.error()};
  const Ranges changed = store.takeChanges();
  std::vector<scene::Light> rows;
  for (const base::ChangeSet::Range& r : changed) {
    rows.clear();
    for (uint32_t slot = r.first; slot < r.first + r.count; ++slot) {
      const scene::Light* light = store.find(store.lights().handleAt(slot));
      rows.push_back(light ? *light : scene::Light{});
    }
    if (!frame.upload.copyTo(frame.commands, lights_.handle(), r.first * kSize, gpu::bytesOf(rows)))
      return base::Error{"no memory to upload lights"};
    uploaded_ += rows.size() * kSize;
  }
  return !changed.empty();
}

base::Status GpuScene::syncLines(gpu::Frame& frame, const scene::LineStore& store) {
  if (lineRevision_ == store.revision()) return base::okStatus();
  lineRevision_ = store.revision();
  linePoints_.clear();
  store.lines().forEach([&](scene::LineId, const scene::Line& l) { if (!l.throughWalls) appendLine(l, linePoints_); });
  plainLines_ = {0, static_cast<uint32_t>(linePoints_.size())};
  store.lines().forEach([&](scene::LineId, const scene::Line& l) { if (l.throughWalls) appendLine(l, linePoints_); });
  throughLines_ = {plainLines_.count, static_cast<uint32_t>(linePoints_.size()) - plainLines_.count};
  if (base::Status s = lines_.ensure(frame.commands, linePoints_.size() * sizeof(gpu_types::LinePoint)); !s) return s;
  if (!frame.upload.copyTo(frame.commands, lines_.handle(), 0, gpu::bytesOf(linePoints_)))
    return base::Error{"no memory to upload lines"};
  uploaded_ += linePoints_.size() * sizeof(gpu_types::LinePoint);
  return base::okStatus();
}

void GpuScene::followStill(const scene::Scene& scene, bool changed) {
  const std::array<uint64_t, 2> sources{scene.statics.revision(), lists_.standingRevision()};
  if (changed || sources != stillSources_) ++stillRevision_;
  stillSources_ = sources;
}

void GpuScene::followShadows(const scene::Scene& scene) {
  const std::array<uint64_t, 3> sources{scene.statics.revision(), scene.statics.hiddenRevision(),
                                        scene.instances.staticRevision()};
  const bool staticsChanged = sources[0] != shadowSources_[0];
  if (sources != shadowSources_) ++shadowRevision_;
  shadowSources_ = sources;
  if (!scene.bounds.empty()) {
    bounds_ = scene.bounds;
    return;
  }
  if (!staticsChanged) return;
  // A scene that states no bounds: those of what stands.
  bounds_ = {};
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& b) {
    if (const scene::Mesh* mesh = scene.meshes.find(b.mesh)) bounds_.add(mesh->bounds);
  });
}

}  // namespace render
