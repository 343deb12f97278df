// SPDX-License-Identifier: Apache-2.0
// Internal to mapped feeds: the three wire shapes as records with paths.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/feeds/mapping.h"

namespace feeds {

/// What stands at a path of a record.
struct Cell {
  enum class Kind : uint8_t { Absent, Null, Text, Number, Flag, Nested } kind = Kind::Absent;
  std::string text;  ///< as written
  double number = 0;
  bool flag = false;
};

class Record {
 public:
  virtual ~Record() = default;
  /// By index into Mapping::paths.
  virtual Cell at(size_t path) const = 0;
  /// What the record offers, for the panel that shows what nobody reads.
  virtual std::vector<std::string> names() const = 0;
};

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  /// Called while the record lives. False: enough.
  virtual bool record(const Record& record) = 0;
  /// A row that is no record.
  virtual void refused(const char* why) = 0;
  /// A path of the mapping that the table has no column for.
  virtual void absent(size_t path) = 0;
};

// Each gives every record in order, or the reason why the whole message is refused, else null.
const char* readJsonRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink);
const char* readCsvRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink);
const char* readXmlRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink);

}  // namespace feeds
