// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "twin/feeds/decoder_table.h"

namespace fuzz {

/// One input into the decoder of a topic.
inline int decode(const char* topic, const uint8_t* data, size_t size) {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  static const feeds::DatastreamRegistry registry = [] {
    feeds::DatastreamRegistry r;
    r.add(7, {"air-1", "pm25", "air_station", ""});
    return r;
  }();
  feeds::RawMessage message;
  message.topic = topic;
  message.received = 1'795'338'000 * base::kNsPerSecond;
  message.bytes.assign(reinterpret_cast<const char*>(data), size);
  (void)feeds::findDecoder(topic)->decode(message, {frame, registry, model::Provenance::Measured});
  return 0;
}

}  // namespace fuzz
