// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_renamed.h"

#include "twin/feeds/decoder_table.h"

namespace feeds {
namespace {

class Renamed final : public Transport, private MessageSink {
 public:
  Renamed(std::unique_ptr<Transport> inner, std::string pattern, std::string prefix)
      : inner_(std::move(inner)), pattern_(std::move(pattern)), prefix_(std::move(prefix)) {}

  void start(MessageSink& sink) override {
    sink_ = &sink;
    inner_->start(*this);
  }
  void stop() override { inner_->stop(); }
  TransportStatus status() const override { return inner_->status(); }

 private:
  void deliver(const Delivery& message) override {
    if (!pattern_.empty() && !topicMatches(pattern_, message.topic)) return sink_->deliver(message);
    const std::string topic = prefix_ + std::string(message.topic);
    Delivery renamed = message;
    renamed.topic = topic;
    sink_->deliver(renamed);
  }
  void gap(std::string_view why) override { sink_->gap(why); }

  const std::unique_ptr<Transport> inner_;
  const std::string pattern_, prefix_;
  MessageSink* sink_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> renameTopics(std::unique_ptr<Transport> inner, std::string pattern, std::string prefix) {
  return std::make_unique<Renamed>(std::move(inner), std::move(pattern), std::move(prefix));
}

}  // namespace feeds
