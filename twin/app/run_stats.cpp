// SPDX-License-Identifier: Apache-2.0
#include "twin/app/run_stats.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace app {
namespace {

/// A run of days must not grow: beyond this every second sample is dropped.
constexpr size_t kMostSamples = 1u << 16;
constexpr size_t kLongestFrames = 12;

void keep(std::vector<float>& samples, double value) {
  if (samples.size() >= kMostSamples) {
    for (size_t i = 0; i < samples.size() / 2; ++i) samples[i] = samples[i * 2];
    samples.resize(samples.size() / 2);
  }
  samples.push_back(static_cast<float>(value));
}

nlohmann::json summary(std::vector<float> samples) {
  if (samples.empty()) return nullptr;
  std::sort(samples.begin(), samples.end());
  const auto at = [&](double share) { return samples[static_cast<size_t>(share * static_cast<double>(samples.size() - 1) + 0.5)]; };
  return {{"min", samples.front()}, {"median", at(0.5)}, {"p95", at(0.95)}, {"max", samples.back()}, {"count", samples.size()}};
}

nlohmann::json sourceJson(const feeds::SourceStats& s) {
  return {{"name", s.source.name},       {"standard", s.source.standard}, {"messages", s.messages},
          {"bytes", s.bytes},            {"applied", s.applied},          {"conflated", s.conflated},
          {"late", s.late},              {"duplicate", s.duplicate},      {"queued", s.queued},
          {"rejected", s.rejected},      {"flagged", s.flagged},          {"gaps", s.gaps},
          {"rate_per_s", s.ratePerSecond}, {"lag_p50_s", s.lagP50},       {"lag_p95_s", s.lagP95},
          {"balanced", s.balanced()}};
}

nlohmann::json alarmsJson(const alarms::DeskView& view) {
  const alarms::AlarmFigures& f = view.figures;
  return {{"rules", view.rules->rules.size()}, {"active", f.active}, {"unacknowledged", f.unacknowledged}, {"by_priority", f.activeByPriority},
          {"shelved", f.shelved}, {"suppressed", f.suppressed}, {"out_of_service", f.outOfService}, {"last_10_min", f.lastTenMinutes},
          {"last_24_h", f.lastDay}, {"known_hours", f.knownHours}, {"flood_share", f.floodShare}, {"chattering", f.chattering},
          {"standing", f.standing}, {"stored", view.stored}, {"missed_readings", view.missedReadings}};
}

}  // namespace

nlohmann::json feedsJson(const feeds::FeedStats& feeds) {
  nlohmann::json json;
  json["entities"] = feeds.entities;
  for (const feeds::SourceStats& source : feeds.sources) json["sources"].push_back(sourceJson(source));
  return json;
}

void RunStats::frame(const render::FrameReport& report, double frameMs, double appCpuMs) {
  const base::MonoNs now = base::SystemClock::monoNow();
  if (frames_++ == 0) {
    firstFrame_ = now;
    firstFrameUtc_ = base::SystemClock::utcNow();
  }
  timeline_.add(now, frameMs);
  if (longest_.size() < kLongestFrames || frameMs > longest_.back().frameMs) {
    const auto place = std::find_if(longest_.begin(), longest_.end(), [&](const LongFrame& f) { return f.frameMs < frameMs; });
    longest_.insert(place, {static_cast<double>(now - firstFrame_) * 1e-9, frameMs, appCpuMs, report.shadowMapsDrawn});
    longest_.resize(std::min(longest_.size(), kLongestFrames));
  }
  smoothed_ = smoothed_ == 0 ? frameMs : smoothed_ * 0.95 + frameMs * 0.05;
  keep(frameMs_.samples, frameMs);
  keep(redrawn_.samples, report.redrawn);
  keep(cpuMs_.samples, appCpuMs);
  keep(rendererCpuMs_.samples, report.cpuMs);
  if (!report.passes.empty()) {
    keep(gpuMs_.samples, report.gpuMs);
    for (const auto& pass : report.passes) keep(passes_[pass.name].samples, pass.ms);
  }
  visibleInstances_ = report.visibleInstances;
  triangles_ = report.triangles;
  draws_ = report.draws;
}

void RunStats::limitFrame(const render::FrameReport& report) {
  if (!report.passes.empty()) keep(limitMs_.samples, report.gpuMs);
}

double RunStats::medianFrameMs() const {
  if (frameMs_.samples.size() < 2) return 0;
  std::vector<float> sorted(frameMs_.samples.begin() + 1, frameMs_.samples.end());
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
  return sorted[sorted.size() / 2];
}

base::Status RunStats::write(const std::filesystem::path& file, const feeds::FeedStats& feeds, const std::string& device,
                             uint64_t validationMessages, uint64_t stateHash, const alarms::DeskView* alarms) const {
  nlohmann::json json;
  json["device"] = device;
  json["frames"] = frames_;
  json["load_s"] = loadSeconds_;
  json["first_picture_s"] = firstPictureSeconds_;
  json["frame_ms"] = summary(frameMs_.samples);
  json["first_frame_utc_s"] = static_cast<double>(firstFrameUtc_) * 1e-9;
  json["frame_ms_by_time"] = timeline_.json();
  json["latency_ms"] = latency_.json();
  json["app_cpu_ms"] = summary(cpuMs_.samples);
  json["renderer_cpu_ms"] = summary(rendererCpuMs_.samples);
  json["gpu_ms"] = summary(gpuMs_.samples);
  json["limit_gpu_ms"] = summary(limitMs_.samples);
  json["redrawn_share"] = summary(redrawn_.samples);
  for (const LongFrame& f : longest_)
    json["longest_frames"].push_back({{"at_s", f.at}, {"frame_ms", f.frameMs}, {"app_cpu_ms", f.appCpuMs}, {"shadow_maps", f.shadowMaps}});
  for (const auto& [name, series] : passes_) json["passes_ms"][name] = summary(series.samples);
  json["visible_instances"] = visibleInstances_;
  json["triangles"] = triangles_;
  json["draws"] = draws_;
  json["resident_bytes"] = residentBytes();
  json["validation_messages"] = validationMessages;
  json["state_hash"] = std::to_string(stateHash);
  json.update(feedsJson(feeds));
  if (alarms) json["alarms"] = alarmsJson(*alarms);
  std::ofstream out(file, std::ios::trunc);
  out << json.dump(1) << '\n';
  out.close();
  if (!out) return base::Error{"cannot write the statistics " + file.string() + ": check the folder and the space on the disk"};
  return base::okStatus();
}

size_t residentBytes() {
  std::FILE* statm = std::fopen("/proc/self/statm", "r");
  if (statm == nullptr) return 0;
  unsigned long total = 0;
  unsigned long resident = 0;
  const int read = std::fscanf(statm, "%lu %lu", &total, &resident);
  std::fclose(statm);
  return read == 2 ? resident * static_cast<size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace app
