// SPDX-License-Identifier: Apache-2.0
#include "engine/render/renderer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "engine/gpu/barrier.h"
#include "engine/gpu/readback.h"
#include "engine/math/projection.h"
#include "engine/render/build_passes.h"
#include "engine/render/frame_data.h"
#include "engine/render/live_tiles.h"

namespace render {
namespace {

using Milliseconds = double;

Milliseconds since(base::MonoNs start) {
  return static_cast<double>(base::SystemClock::monoNow() - start) / static_cast<double>(base::kNsPerMs);
}

/// Adds up the thread's processor time with the stretches in which it was in the driver left out.
class OwnTime {
 public:
  void driverBegins() { spent_ += base::SystemClock::threadNow() - since_; }
  void driverEnds() { since_ = base::SystemClock::threadNow(); }
  Milliseconds end() {
    driverBegins();
    return static_cast<double>(spent_) / static_cast<double>(base::kNsPerMs);
  }

 private:
  int64_t since_ = base::SystemClock::threadNow();
  int64_t spent_ = 0;
};

template <typename T>
base::Status take(base::Result<T> made, T& into) {
  if (!made) return base::Error{made.error()};
  into = std::move(*made);
  return base::okStatus();
}

VkRect2D scaled(const VkRect2D& rect, float scale, VkExtent2D limit) {
  const auto at = [&](int32_t v) { return static_cast<int32_t>(std::floor(static_cast<float>(v) * scale + 0.5f)); };
  VkRect2D r;
  r.offset = {std::min(at(rect.offset.x), static_cast<int32_t>(limit.width) - 1),
              std::min(at(rect.offset.y), static_cast<int32_t>(limit.height) - 1)};
  const int32_t right = std::min(at(rect.offset.x + static_cast<int32_t>(rect.extent.width)), static_cast<int32_t>(limit.width));
  const int32_t bottom = std::min(at(rect.offset.y + static_cast<int32_t>(rect.extent.height)), static_cast<int32_t>(limit.height));
  r.extent = {static_cast<uint32_t>(std::max(right - r.offset.x, 1)), static_cast<uint32_t>(std::max(bottom - r.offset.y, 1))};
  return r;
}

/// The part of a view's rectangle within the target.
VkRect2D clipped(const scene::View& v, VkExtent2D extent) {
  const int32_t x0 = std::clamp(v.x, 0, static_cast<int32_t>(extent.width));
  const int32_t y0 = std::clamp(v.y, 0, static_cast<int32_t>(extent.height));
  const int32_t x1 = std::clamp(v.x + static_cast<int32_t>(v.width), x0, static_cast<int32_t>(extent.width));
  const int32_t y1 = std::clamp(v.y + static_cast<int32_t>(v.height), y0, static_cast<int32_t>(extent.height));
  return {{x0, y0}, {static_cast<uint32_t>(x1 - x0), static_cast<uint32_t>(y1 - y0)}};
}

constexpr uint32_t kHeadlightReach = 20;  // metres, for culling
constexpr float kDetailLines = 1080;       // those that levels of detail count in: a picture shaded with fewer takes coarser ones sooner

float detailOf(const FrameInput& input) {
  if (input.renderScale <= 0) return 1;
  return std::clamp(static_cast<float>(input.target.extent.height) * input.renderScale / kDetailLines, 0.5f, 1.f);
}

}  // namespace

base::Result<std::unique_ptr<Renderer>> Renderer::create(gpu::Device& device, const RendererOptions& options) {
  std::unique_ptr<Renderer> r(new Renderer(device));
  if (base::Status s = r->makeShared(); !s) return base::Error{s.error()};
  r->quality_ = options.quality;
  r->targetFormat_ = options.targetFormat;
  r->settings_ = settingsOf(options.quality);
  base::Result<PassList> passes = buildPasses({device, r->layouts_, options.quality, options.targetFormat}, false);
  if (!passes) return base::Error{passes.error()};
  r->passes_ = std::move(*passes);
  r->passesMade_ = true;
  return r;
}

Renderer::~Renderer() { device_.waitIdle(); }

base::Status Renderer::makeShared() {
  constexpr VkDescriptorType kUniform = VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER;
  constexpr VkDescriptorType kStorage = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
  constexpr VkDescriptorType kSampler = VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER;
  constexpr VkDescriptorType kSceneTypes[] = {kUniform, kStorage, kStorage, kStorage, kStorage, kSampler, kSampler};
  constexpr VkDescriptorType kPostTypes[] = {kSampler, kSampler, kSampler, kSampler, kSampler, VK_DESCRIPTOR_TYPE_STORAGE_IMAGE};
  if (base::Status s = take(gpu::SetLayout::create(device_, kSceneTypes), layouts_.scene); !s) return s;
  if (base::Status s = take(gpu::SetLayout::create(device_, kPostTypes), layouts_.post); !s) return s;
  const gpu::SetLayout* const both[] = {&layouts_.scene, &layouts_.post};
  if (base::Status s = take(gpu::PipelineLayout::create(device_, std::span(both).first(1), sizeof(Push)), layouts_.scenePipeline); !s)
    return s;
  if (base::Status s = take(gpu::PipelineLayout::create(device_, both, sizeof(Push)), layouts_.postPipeline); !s) return s;
  if (base::Status s = take(gpu::Sampler::create(device_, gpu::SamplerKind::Nearest), samplers_.nearest); !s) return s;
  if (base::Status s = take(gpu::Sampler::create(device_, gpu::SamplerKind::Linear), samplers_.linear); !s) return s;
  if (base::Status s = take(gpu::Sampler::create(device_, gpu::SamplerKind::Shadow), samplers_.shadow); !s) return s;
  if (base::Status s = take(gpu::FrameRing::create(device_), ring_); !s) return s;
  if (base::Status s = take(GpuScene::create(device_), scene_); !s) return s;
  for (PendingPick& p : picks_) {
    const gpu::BufferDesc desc{8, VK_BUFFER_USAGE_TRANSFER_DST_BIT, gpu::MemoryKind::Readback, "pick"};
    if (base::Status s = take(gpu::Buffer::create(device_, desc), p.buffer); !s) return s;
  }
  return base::okStatus();
}

std::optional<FinishedFrame> Renderer::newestFinished() const {
  const std::optional<uint64_t> frame = ring_.newestFinished();
  if (!frame) return std::nullopt;
  return FinishedFrame{*frame, base::SystemClock::monoNow()};
}

std::optional<FinishedFrame> Renderer::waitForRoom() {
  if (device_.lost()) return std::nullopt;
  const base::MonoNs begun = base::SystemClock::monoNow();
  const base::Result<gpu::Frame*> room = ring_.acquire();
  roomWaitMs_ += since(begun);
  return room ? newestFinished() : std::nullopt;
}

std::optional<FinishedFrame> Renderer::waitUntilIdle() {
  if (device_.lost()) return std::nullopt;
  const base::MonoNs begun = base::SystemClock::monoNow();
  const base::Status idle = ring_.drain();
  roomWaitMs_ += since(begun);
  return idle ? newestFinished() : std::nullopt;
}

FrameReport Renderer::render(const FrameInput& input) {
  OwnTime own;
  FrameReport report;
  const auto fail = [&](const std::string& error) {
    report.error = error;
    report.deviceLost = device_.lost();
    return report;
  };
  if (device_.lost()) return fail("the graphics device is lost");
  if (input.target.extent.width == 0 || input.target.extent.height == 0) return report;
  if (base::Status s = fitPasses(input); !s) return fail(s.error());

  const base::MonoNs waitStart = base::SystemClock::monoNow();
  own.driverBegins();
  const base::Result<gpu::Frame*> acquired = ring_.acquire();
  own.driverEnds();
  report.waitMs = since(waitStart) + std::exchange(roomWaitMs_, 0);
  if (!acquired) return fail(acquired.error());
  gpu::Frame& frame = **acquired;
  if (!input.wait) {
    report.finished = newestFinished();
    collectResults(frame, report);
  }
  if (base::Status s = ring_.begin(frame); !s) return fail(s.error());
  report.frame = frame.number;
  const base::Status drawn = drawFrame(frame, input, report);
  const base::MonoNs submitStart = base::SystemClock::monoNow();
  own.driverBegins();
  const base::Status ended = ring_.end(frame, {input.target.acquired, input.target.rendered});
  own.driverEnds();
  report.waitMs += since(submitStart);
  if (!drawn) return fail(drawn.error());
  if (!ended) return fail(ended.error());
  report.drawn = true;
  report.cpuMs = own.end();
  if (input.wait) {
    const base::MonoNs finishStart = base::SystemClock::monoNow();
    if (base::Status s = device_.wait(frame.finishedAt); !s) return fail(s.error());
    report.waitMs += since(finishStart);
    report.finished = newestFinished();
    collectResults(frame, report);
  }
  return report;
}

base::Status Renderer::fitPasses(const FrameInput& input) {
  const bool same = passesMade_ && input.quality == quality_ && input.target.format == targetFormat_ &&
                    input.constantShading == constantShading_;
  if (same) return base::okStatus();
  base::Result<PassList> passes =
      buildPasses({device_, layouts_, input.quality, input.target.format}, input.constantShading);
  if (!passes) return base::Error{passes.error()};
  passes_ = std::move(*passes);
  quality_ = input.quality;
  settings_ = settingsOf(quality_);
  targetFormat_ = input.target.format;
  constantShading_ = input.constantShading;
  passesMade_ = true;
  return base::okStatus();
}

base::Status Renderer::fitImages(gpu::Frame& frame, const FrameInput& input) {
  const float scale = input.renderScale > 0 ? input.renderScale : settings_.renderScale;
  const auto fit = [&](uint32_t size) {
    return std::max(1u, static_cast<uint32_t>(std::lround(static_cast<float>(size) * scale)));
  };
  const VkExtent2D extent{fit(input.target.extent.width), fit(input.target.extent.height)};
  if (base::Status s = targets_.ensure(device_, frame.commands, extent, settings_); !s) return s;
  return shadowMaps_.ensure(device_, frame.commands, settings_, keepsStill(input));
}

base::Status Renderer::drawFrame(gpu::Frame& frame, const FrameInput& input, FrameReport& report) {
  VkCommandBuffer commands = frame.commands;
  // Earlier frames may still read what this one overwrites.
  gpu::fullBarrier(commands);
  gpu::transition(commands, input.target.image, VK_IMAGE_ASPECT_COLOR_BIT, VK_IMAGE_LAYOUT_UNDEFINED, VK_IMAGE_LAYOUT_GENERAL);
  if (base::Status s = fitImages(frame, input); !s) return s;
  const base::Result<uint64_t> uploaded = scene_.sync(device_, frame, input.scene);
  if (!uploaded) return base::Error{uploaded.error()};
  report.uploadedBytes = *uploaded;
  gpu::fullBarrier(commands);

  visible_.clear();
  placeViews(input);
  if (base::Status s = planStill(frame, input, report); !s) return s;
  cullViews(input, report);
  cullShadows(input);
  gatherHeadlights(input);
  if (still_.keepsShown()) views_[0].liveTiles = liveTiles(input, scene_, views_[0], lights_, visible_);
  if (base::Status s = writeSets(frame, input); !s) return s;
  preparePick(frame, input);

  PassContext context{device_, frame, commands, input, settings_, layouts_, samplers_, scene_, targets_,
                      shadowMaps_.cascades(), views_, shadows_, lights_, rows_, picking_ ? &picks_[frame.slot].buffer : nullptr, pickTexel_,
                      still_, report};
  if (!views_.empty()) passes_.record(context);
  gpu::transition(commands, input.target.image, VK_IMAGE_ASPECT_COLOR_BIT, VK_IMAGE_LAYOUT_GENERAL, input.target.finalLayout);
  return base::okStatus();
}

void Renderer::placeViews(const FrameInput& input) {
  views_.clear();
  const float scale = static_cast<float>(targets_.extent.width) / static_cast<float>(input.target.extent.width);
  for (const scene::View& v : input.views) {
    ViewFrame view;
    view.targetRect = clipped(v, input.target.extent);
    if (view.targetRect.extent.width == 0 || view.targetRect.extent.height == 0) continue;
    view.rect = scaled(view.targetRect, scale, targets_.extent);
    scene::View shown = v;
    shown.width = view.targetRect.extent.width;
    shown.height = view.targetRect.extent.height;
    view.matrices = matricesOf(shown);
    view.source = &v;
    views_.push_back(std::move(view));
  }
}

base::Status Renderer::planStill(gpu::Frame& frame, const FrameInput& input, FrameReport& report) {
  const bool wanted = keepsStill(input) && views_.size() == 1;
  StillKey key;
  if (!views_.empty()) key = {views_[0].matrices.viewProjection, glm::vec3(views_[0].source->camera.position), views_[0].rect, scene_.stillRevision()};
  // The shadow maps of this frame are not known yet; those of the last one will do.
  stillLightRevision_ += shadowMaps_.changed() || scene_.lampsChanged();
  still_.plan(wanted, key, {input.scene.environment, stillLightRevision_});
  report.redrawn = still_.share();
  return still_.ensure(device_, frame.commands, targets_.extent, settings_, input.target);
}

void Renderer::cullViews(const FrameInput& input, FrameReport& report) {
  for (ViewFrame& view : views_) {
    CullView c;
    c.frustum = math::Frustum::fromViewProjection(view.matrices.viewProjection);
    c.eye = glm::vec3(view.source->camera.position);
    c.pixelsPerRadian = view.matrices.pixelsPerRadian;
    c.detail = detailOf(input);
    c.timeMs = input.timeMs;
    c.part = still_.used() ? Part::Live : Part::Whole;
    view.draws = cull(input.scene, scene_.meshes(), scene_.lists(), scene_.groves(), c, visible_);
    report.visibleInstances += view.draws.visibleInstances;
    if (!still_.used() || still_.share() == 0) continue;
    c.part = Part::Still;
    c.frustum = math::Frustum::fromViewProjection(still_.bandOf(view.matrices.viewProjection));
    view.still = cull(input.scene, scene_.meshes(), scene_.lists(), scene_.groves(), c, visible_);
    report.visibleInstances += view.still.visibleInstances;
  }
}

void Renderer::cullShadows(const FrameInput& input) {
  shadows_.clear();
  if (views_.empty() || constantShading_) return;
  const scene::Environment& e = input.scene.environment;
  const scene::Camera& camera = views_.front().source->camera;
  CascadeInput in;
  in.sunDirection = e.sunDirection;
  in.sunShines = e.sunVisibility > 0.01f && e.sunDirection.z > 0.01f;
  in.city = scene_.bounds();
  in.focus = groundFocus(camera, in.city.empty() ? 0.f : in.city.low.z);
  in.focusDistance = glm::length(in.focus - glm::vec3(camera.position));
  in.staticsRevision = scene_.shadowRevision();
  for (ShadowTask& task : shadowMaps_.plan(in, settings_, still_.used())) {
    CullView c;
    c.frustum = math::Frustum::fromViewProjection(math::columnsOf(task.of.worldToClip, task.low, task.high));
    c.metresPerTexel = task.of.metresPerTexel;
    c.timeMs = input.timeMs;
    c.castersOnly = true;
    c.moving = task.cascade < settings_.movingCascades;
    shadows_.push_back({task, cull(input.scene, scene_.meshes(), scene_.lists(), scene_.groves(), c, visible_)});
  }
}

void Renderer::gatherHeadlights(const FrameInput& input) {
  using State = GroundFieldImages::State;
  lights_ = {};
  const bool dark = input.scene.environment.nightFactor > 0.02f && !constantShading_;
  if (!dark || views_.empty()) return;
  lights_.state = State::Lamps;
  lights_.visibleBase = static_cast<uint32_t>(visible_.size());
  for (const ModelInstances& list : scene_.lists().models()) {
    const scene::Model* model = input.scene.instances.model(list.model);
    if (model == nullptr || !model->headlights) continue;
    for (const uint32_t slot : list.moving) {
      const scene::Instance& i = *input.scene.instances.find(input.scene.instances.rows().handleAt(slot));
      if (!(i.state & gpu_types::kStateHeadlights) || (i.state & gpu_types::kStateHidden)) continue;
      const glm::vec3 at = scene::positionAt(i, input.timeMs);
      const bool seen = std::any_of(views_.begin(), views_.end(), [&](const ViewFrame& v) {
        return math::Frustum::fromViewProjection(v.matrices.viewProjection).touchesSphere(at, kHeadlightReach);
      });
      if (seen) visible_.push_back(slot);
    }
  }
  lights_.headlights = static_cast<uint32_t>(visible_.size()) - lights_.visibleBase;
  if (lights_.headlights > 0 && settings_.fieldHeadlights) lights_.state = State::Lit;
}

base::Status Renderer::writeSets(gpu::Frame& frame, const FrameInput& input) {
  const base::Error noMemory{"no memory for the lists of a frame"};
  const gpu::UploadSlice list = frame.upload.allocate(std::max<size_t>(visible_.size(), 1) * sizeof(uint32_t));
  if (list.data == nullptr) return noMemory;
  if (!visible_.empty()) std::memcpy(list.data, visible_.data(), visible_.size() * sizeof(uint32_t));
  if (!writeRows(frame, input)) return noMemory;
  const GroundFieldImages& field = scene_.field();
  using State = GroundFieldImages::State;
  const gpu::Image& ground = lights_.state == State::Lit ? field.lit() : lights_.state == State::Lamps ? field.lamps() : field.base();
  for (ViewFrame& view : views_) {
    const glm::vec2 size(static_cast<float>(view.rect.extent.width), static_cast<float>(view.rect.extent.height));
    const gpu_types::FrameData data = frameDataOf(input, *view.source, view.matrices, shadowMaps_.cascades(), field, size, frame.number);
    const gpu::UploadSlice block = frame.upload.allocate(sizeof data);
    view.set = frame.descriptors.allocate(layouts_.scene);
    if (block.data == nullptr || view.set == VK_NULL_HANDLE) return noMemory;
    std::memcpy(block.data, &data, sizeof data);
    gpu::SetWriter(device_, layouts_.scene, view.set)
        .buffer(0, block.buffer, block.offset, sizeof data)
        .buffer(1, scene_.instances())
        .buffer(2, list.buffer, list.offset, std::max<size_t>(visible_.size(), 1) * sizeof(uint32_t))
        .buffer(3, scene_.objects())
        .buffer(4, scene_.lights())
        .image(5, shadowMaps_.image().view(), samplers_.shadow.handle())
        .image(6, ground.view(), samplers_.linear.handle())
        .write();
  }
  return base::okStatus();
}

/// False: no memory.
bool Renderer::writeRows(gpu::Frame& frame, const FrameInput& input) {
  rows_ = {};
  if (!settings_.instanceRows) return true;
  rows_ = frame.upload.allocate(std::max<size_t>(visible_.size(), 1) * sizeof(scene::Instance));
  if (rows_.data == nullptr) return false;
  const base::SlotMap<scene::InstanceRow>& all = input.scene.instances.rows();
  for (size_t i = 0; i < visible_.size(); ++i)
    std::memcpy(rows_.data + i * sizeof(scene::Instance), &all.find(all.handleAt(visible_[i]))->gpu, sizeof(scene::Instance));
  return true;
}

void Renderer::preparePick(gpu::Frame& frame, const FrameInput& input) {
  PendingPick& pending = picks_[frame.slot];
  pending.pixel.reset();
  picking_ = false;
  if (!input.pick || constantShading_) return;
  for (const ViewFrame& view : views_) {
    const VkRect2D& r = view.targetRect;
    const int32_t x = input.pick->x - r.offset.x;
    const int32_t y = input.pick->y - r.offset.y;
    if (x < 0 || y < 0 || x >= static_cast<int32_t>(r.extent.width) || y >= static_cast<int32_t>(r.extent.height)) continue;
    const auto along = [](int32_t at, uint32_t from, int32_t offset, uint32_t to) {
      return offset + static_cast<int32_t>((static_cast<int64_t>(at) * 2 + 1) * to / (int64_t{from} * 2));
    };
    pickTexel_ = {along(x, r.extent.width, view.rect.offset.x, view.rect.extent.width),
                  along(y, r.extent.height, view.rect.offset.y, view.rect.extent.height)};
    pending.pixel = input.pick;
    pending.rect = r;
    pending.inverseViewProjection = glm::mat4(glm::inverse(glm::dmat4(view.matrices.viewProjection)));
    picking_ = true;
  }
}

std::optional<Pick> Renderer::readPick(PendingPick& pending) {
  if (!pending.pixel) return std::nullopt;
  pending.buffer.invalidate();
  Pick pick;
  float depth = 0;
  std::memcpy(&pick.id, pending.buffer.mapped(), sizeof pick.id);
  std::memcpy(&depth, pending.buffer.mapped() + 4, sizeof depth);
  pick.pixel = *pending.pixel;
  pending.pixel.reset();
  if (depth <= 0) return pick;
  const glm::dvec2 at(pick.pixel.x - pending.rect.offset.x + 0.5, pick.pixel.y - pending.rect.offset.y + 0.5);
  const glm::dvec2 size(pending.rect.extent.width, pending.rect.extent.height);
  const glm::dvec4 world = glm::dmat4(pending.inverseViewProjection) * glm::dvec4(at / size * 2.0 - 1.0, static_cast<double>(depth), 1.0);
  pick.hit = true;
  pick.position = glm::dvec3(world) / world.w;
  return pick;
}

void Renderer::collectResults(gpu::Frame& frame, FrameReport& report) {
  report.passes = frame.timers.read();
  for (const gpu::PassTime& t : report.passes) report.gpuMs += t.ms;
  report.pick = readPick(picks_[frame.slot]);
}

base::Result<std::vector<uint32_t>> Renderer::readIds() {
  const base::Result<std::vector<std::byte>> bytes = gpu::readImage(device_, targets_.id, sizeof(uint32_t));
  if (!bytes) return base::Error{bytes.error()};
  std::vector<uint32_t> ids(bytes->size() / sizeof(uint32_t));
  std::memcpy(ids.data(), bytes->data(), bytes->size());
  return ids;
}

}  // namespace render
