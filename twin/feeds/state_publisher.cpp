// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/state_publisher.h"

#include <utility>

namespace feeds {
namespace {

constexpr size_t kMostUnacknowledged = 65536;
constexpr double kSilence = 1.25;    // seconds; "none" gets a frame at least twice a second
constexpr size_t kMostAsked = 1024;  // requests between two frames; more are answered by "*"

}  // namespace

StatePublisher::StatePublisher(MqttOptions options, FramerOptions framing)
    : prefix_(options.topicFilter + "/"), framer_(framing) {
  frames_ = std::make_unique<MqttLinks>(
      options, LinkWatch{.silenceSeconds = kSilence, .echo = true},
      LinkEvents{.onMessage =
                     [this](std::string_view topic, std::string_view bytes) {
                       if (!topic.ends_with("/ask")) return;  // the echo of our sign of life
                       std::lock_guard lock(askedMutex_);
                       asked_.insert(asked_.size() < kMostAsked ? std::string(bytes.substr(0, 4096)) : "*");
                     },
                 .onReady = {},
                 .onLost = {}});
  // On connections of their own: what a broker must store first may take its time, frames may not.
  events_ = std::make_unique<MqttLinks>(options, LinkWatch{}, LinkEvents{.onMessage = [](auto, auto) {}, .onReady = {}, .onLost = {}});
  frames_->want({{prefix_ + "ask", 0}, {prefix_ + "state/none", 0}});
}

void StatePublisher::publish(const model::ChangeBatch& changes, const std::vector<Source>& sources, base::UtcNs now) {
  std::set<std::string> asked;
  {
    std::lock_guard lock(askedMutex_);
    asked = std::exchange(asked_, {});
  }
  stats_.asked += asked.size();
  for (const std::string& tiles : asked) framer_.asked(tiles);
  for (const FramedMessage& message : framer_.step(changes, sources, now)) {
    if (message.event) {
      events_->publishKept(prefix_ + message.topic, message.bytes);
      continue;
    }
    if (!frames_->publish(prefix_ + message.topic, message.bytes)) {
      ++stats_.dropped;
      continue;
    }
    ++stats_.frames;
    stats_.bytes += message.bytes.size();
  }
  stats_.events += changes.events.size();
}

bool StatePublisher::keepsUp() const {
  return events_->unacknowledged() < kMostUnacknowledged;
}

PublisherStats StatePublisher::stats() const {
  PublisherStats stats = stats_;
  stats.unacknowledgedEvents = events_->unacknowledged();
  stats.tiles = framer_.tiles();
  stats.things = framer_.things();
  return stats;
}

}  // namespace feeds
