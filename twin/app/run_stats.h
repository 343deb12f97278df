// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/render/frame.h"
#include "twin/alarms/desk.h"
#include "twin/app/frame_timeline.h"
#include "twin/app/shown_latency.h"
#include "twin/feeds/feed_stats.h"

namespace app {

/// Figures of one run for --stats: frame times per pass, load, ingest counters, memory.
class RunStats {
 public:
  void loaded(double seconds) { loadSeconds_ = seconds; }
  void firstPicture(double seconds) { if (firstPictureSeconds_ == 0) firstPictureSeconds_ = seconds; }
  /// A frame that has just ended. `frameMs`: wall; `appCpuMs`: processor time outside the driver.
  void frame(const render::FrameReport& report, double frameMs, double appCpuMs);
  /// Told by the frame loop of what live pictures show.
  ShownLatency& latency() { return latency_; }
  /// A frame of the bench's limit: the same geometry in one colour.
  void limitFrame(const render::FrameReport& report);
  double smoothedFrameMs() const { return smoothed_; }
  /// Median of the frames after the first.
  double medianFrameMs() const;
  base::Status write(const std::filesystem::path& file, const feeds::FeedStats& feeds, const std::string& device,
                     uint64_t validationMessages, uint64_t stateHash, const alarms::DeskView* alarms) const;

 private:
  struct Series {
    std::vector<float> samples;
  };
  struct LongFrame {
    double at = 0;  ///< its end, seconds after that of the first
    double frameMs = 0;
    double appCpuMs = 0;
    uint32_t shadowMaps = 0;
  };
  double loadSeconds_ = 0;
  double firstPictureSeconds_ = 0;
  double smoothed_ = 0;
  Series frameMs_, cpuMs_, rendererCpuMs_, gpuMs_, limitMs_, redrawn_;
  std::map<std::string, Series> passes_;
  std::vector<LongFrame> longest_;  ///< longest first
  base::MonoNs firstFrame_ = 0;
  base::UtcNs firstFrameUtc_ = 0;
  FrameTimeline timeline_;
  ShownLatency latency_;
  uint64_t frames_ = 0;
  uint32_t visibleInstances_ = 0;
  uint64_t triangles_ = 0;
  uint32_t draws_ = 0;
};

/// Counters of every source, for --stats.
nlohmann::json feedsJson(const feeds::FeedStats& feeds);

/// Resident memory of this process, bytes; 0 when unknown.
size_t residentBytes();

}  // namespace app
