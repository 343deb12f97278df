// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decoder_table.h"

namespace feeds_test {

inline const std::filesystem::path kData = ALPHACITY_SOURCE_DIR "/../shared/data";

inline std::string readAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

inline feeds::RawMessage rawMessage(std::string topic, std::string bytes, base::UtcNs received = kNow) {
  feeds::RawMessage message;
  message.topic = std::move(topic);
  message.bytes = std::move(bytes);
  message.received = received;
  return message;
}

inline feeds::DecodeContext contextIn(const core::CityFrame& frame) {
  static const feeds::DatastreamRegistry none;
  return {frame, none, model::Provenance::Measured};
}

/// Decodes through the table, as ingest does.
inline feeds::Decoded decodeOn(const std::string& topic, std::string bytes,
                               const core::CityFrame& frame = alphaFrame(), base::UtcNs received = kNow) {
  const feeds::DecoderRow* row = feeds::findDecoder(topic);
  if (!row) return base::Error{"no_decoder"};
  return row->decode(rawMessage(topic, std::move(bytes), received), contextIn(frame));
}

inline core::CityFrame frameAt(double longitude, double latitude) {
  return *core::CityFrame::local(longitude, latitude);
}

/// The value of a property, or monostate when it was not said.
inline model::Value valueOf(const model::Observations& seen, const std::string& entity,
                            const std::string& property) {
  for (const model::PropertyObservation& p : seen.properties)
    if (p.entity == entity && p.property == property) return p.value;
  return {};
}

inline const model::DescriptionObservation* descriptionOf(const model::Observations& seen,
                                                          const std::string& entity) {
  for (const model::DescriptionObservation& d : seen.descriptions)
    if (d.entity == entity) return &d;
  return nullptr;
}

inline model::Value attributeOf(const model::DescriptionObservation& about, const std::string& name) {
  for (const auto& [key, value] : about.attributes)
    if (key == name) return value;
  return {};
}

inline std::map<std::string, std::string> detailsOf(const model::EventObservation& event) {
  return {event.details.begin(), event.details.end()};
}

}  // namespace feeds_test
