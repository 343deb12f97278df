// SPDX-License-Identifier: Apache-2.0
// Internal to the DATEX II decoder.
#pragma once

#include "twin/feeds/decoder.h"
#include "twin/feeds/document.h"

namespace feeds::datex {

/// What both forms say about one record.
struct Record {
  std::string id, situation, version, type;
  core::BilingualText title;
  std::string description;
  std::string severity;
  base::UtcNs versionTime = 0;
  base::UtcNs start = 0, end = 0;  ///< 0: not said
  bool over = false;               ///< cancelled or ended by its own word
  std::optional<glm::dvec3> place;
  std::shared_ptr<const model::Geometry> geometry;
  std::vector<std::pair<std::string, model::Value>> attributes;
};

/// Adds the observations of a record. The reason when it is refused.
const char* emitRecord(Record record, const DecodeContext& context, Decoded& out);

/// Texts by language: Korean and English where they are, else the first stands for both.
struct Texts {
  std::string ko, en, other;
  void add(std::string_view language, std::string_view text);
  core::BilingualText both() const;
};

/// One IMS JSON message or GeoJSON object. The reason when nothing could be read.
const char* readIms(const DocNode& root, const DecodeContext& context, Decoded& out);

}  // namespace feeds::datex
