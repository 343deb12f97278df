// SPDX-License-Identifier: Apache-2.0
#include "engine/render/still_layer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/math/projection.h"
#include "engine/render/targets.h"

namespace render {
namespace {

/// How far two lights may be apart: `turn` of the sun as 1 - cosine, `shade` as a share.
struct Tolerance {
  float turn;
  float shade;
};
/// Two frames of a running clock are less apart than this, and so are two reports of a weather station; a jump in time is more.
constexpr Tolerance kJump{1e-4f, 0.1f};  // 0.8 degrees
/// The eye does not see a seam between bands that are this far apart.
constexpr Tolerance kDrift{4e-6f, 0.012f};  // 0.16 degrees: 40 seconds of the sun; at most 1.5 steps of 255, which are encoded, for a fifth of a second

float largest(const glm::vec3& c) { return std::max({c.r, c.g, c.b}); }

/// The sky lights what the sun does not reach: it is compared with itself, the sun with both.
bool differ(const scene::Environment& a, const scene::Environment& b, const Tolerance& t) {
  const auto apart = [&](float x, float y) { return std::abs(x - y) > t.shade * std::max({std::abs(x), std::abs(y), 1e-6f}); };
  const auto colorsApart = [&](const glm::vec3& x, const glm::vec3& y) { return apart(x.r, y.r) || apart(x.g, y.g) || apart(x.b, y.b); };
  const float sunlit = std::max(largest(a.sunColor), largest(b.sunColor)) + std::min(largest(a.skyZenith), largest(b.skyZenith));
  return 1.f - glm::dot(a.sunDirection, b.sunDirection) > t.turn || std::abs(a.nightFactor - b.nightFactor) > t.shade ||
         std::abs(a.wetness - b.wetness) > t.shade || std::abs(a.sunVisibility - b.sunVisibility) > t.shade ||
         std::abs(a.hour - b.hour) > 5 * t.shade || apart(a.exposure, b.exposure) || apart(a.fogDensity, b.fogDensity) ||
         largest(glm::abs(a.sunColor - b.sunColor)) > t.shade * sunlit || colorsApart(a.skyZenith, b.skyZenith) || colorsApart(a.skyHorizon, b.skyHorizon);
}

bool sameView(const StillKey& a, const StillKey& b) {
  return a.viewProjection == b.viewProjection && a.eye == b.eye && a.rect.offset.x == b.rect.offset.x && a.rect.offset.y == b.rect.offset.y &&
         a.rect.extent.width == b.rect.extent.width && a.rect.extent.height == b.rect.extent.height;
}

}  // namespace

void StillLayer::plan(bool wanted, const StillKey& key, const StillLight& light) {
  const bool rests = key_ && sameView(*key_, key);
  used_ = wanted && rests && key.rect.extent.width >= kBands;
  const bool whole = !filled_ || key_->revision != key.revision || differ(before_, light.environment, kJump);
  key_ = wanted ? std::optional(key) : std::nullopt;
  before_ = light.environment;
  filled_ = used_;
  if (!used_) return;
  if (whole) {
    band_ = key.rect;
    drawn_ = light.environment;
    drawnRevision_ = light.revision;
    left_ = 0;
  } else {
    band_ = nextBand(light);
  }
}

VkRect2D StillLayer::nextBand(const StillLight& light) {
  if (drawnRevision_ != light.revision || differ(drawn_, light.environment, kDrift)) {
    drawn_ = light.environment;
    drawnRevision_ = light.revision;
    left_ = kBands;
  }
  const VkRect2D& rect = key_->rect;
  if (left_ == 0) return {rect.offset, {0, 0}};
  --left_;
  const auto column = [&](uint32_t i) { return static_cast<int32_t>(uint64_t{rect.extent.width} * i / kBands); };
  const uint32_t i = next_;
  next_ = (next_ + 1) % kBands;
  return {{rect.offset.x + column(i), rect.offset.y}, {static_cast<uint32_t>(column(i + 1) - column(i)), rect.extent.height}};
}

base::Status StillLayer::ensure(gpu::Device& device, VkCommandBuffer commands, VkExtent2D extent, const QualitySettings& settings,
                                const gpu::Target& target) {
  const auto same = [](VkExtent2D a, VkExtent2D b) { return a.width == b.width && a.height == b.height; };
  showsWhole_ = used_ && target.copyable && same(extent, target.extent) && same(key_->rect.extent, extent);
  shownStale_ = !std::exchange(shownFilled_, showsWhole_);
  if (!used_) return base::okStatus();
  const auto make = [&](gpu::Image& into, VkFormat format, VkImageUsageFlags attachment, const char* name) -> base::Status {
    base::Result<gpu::Image> made = gpu::Image::create(device, {format, extent, attachment | VK_IMAGE_USAGE_TRANSFER_SRC_BIT, 1, 1, false, name});
    if (!made) return base::Error{made.error()};
    into = std::move(*made);
    into.prepare(commands);
    return base::okStatus();
  };
  if (showsWhole_ && !(shown_ && same(shown_.extent(), extent) && shown_.format() == target.format)) {
    if (base::Status s = make(shown_, target.format, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT, "still picture"); !s) return s;
    shownStale_ = true;
  }
  if (color_ && same(color_.extent(), extent)) return base::okStatus();
  if (base::Status s = make(color_, colorFormat(settings.hdr), VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT, "still colour"); !s) return s;
  if (base::Status s = make(id_, kIdFormat, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT, "still pick ids"); !s) return s;
  if (base::Status s = make(depth_, kDepthFormat, VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT, "still depth"); !s) return s;
  band_ = key_->rect;
  return base::okStatus();
}

VkRect2D StillLayer::shownBand() const {
  if (shownStale_) return key_->rect;
  if (band_.extent.width == 0) return {};
  // Anti-aliasing looks at the next pixel.
  const int32_t left = std::max(band_.offset.x - 1, key_->rect.offset.x);
  const int32_t right = std::min(band_.offset.x + static_cast<int32_t>(band_.extent.width) + 1,
                                 key_->rect.offset.x + static_cast<int32_t>(key_->rect.extent.width));
  return {{left, band_.offset.y}, {static_cast<uint32_t>(right - left), band_.extent.height}};
}

float StillLayer::share() const {
  return used_ ? static_cast<float>(band_.extent.width) / static_cast<float>(key_->rect.extent.width) : 1.f;
}

glm::mat4 StillLayer::bandOf(const glm::mat4& viewProjection) const {
  const auto share = [&](uint32_t pixels) { return static_cast<float>(pixels) / static_cast<float>(key_->rect.extent.width); };
  const auto from = static_cast<uint32_t>(band_.offset.x - key_->rect.offset.x);
  return math::columnsOf(viewProjection, share(from), share(from + band_.extent.width));
}

}  // namespace render
