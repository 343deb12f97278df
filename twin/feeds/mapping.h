// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "twin/core/crs.h"
#include "twin/model/observation.h"

namespace feeds {

/// What a mapping reads: the wire's shape, not its meaning.
enum class WireFormat : uint8_t { Json, Csv, Xml };

/// Text made of fixed parts, values of the record and levels of the topic: "air-{/id}", "{stationName}",
/// "{topic:2}". Compiled once.
struct Template {
  struct Part {
    enum class Kind : uint8_t { Literal, Path, TopicLevel } kind = Kind::Literal;
    std::string text;
    size_t index = 0;  ///< of the path, or of the topic's level
  };
  std::vector<Part> parts;
  bool empty() const { return parts.empty(); }
};

/// A value of the record and how to understand it.
struct ValueRule {
  enum class Type : uint8_t { Auto, Number, Text, Flag } type = Type::Auto;
  Template name;  ///< property, attribute or detail
  size_t path = 0;
  std::string unit;
  double scale = 1;
  double offset = 0;
  std::vector<std::string> missing;           ///< beside the mapping's own
  std::map<std::string, std::string> values;  ///< code -> word
};

/// How foreign data become observations: a TOML file, compiled once, applied purely (mapping_apply.h).
/// assets/feeds/mapping_example.toml explains every key. Paths are by format:
///   json  JSON Pointer (RFC 6901) from the record ("/properties/id"); "^/..." from the document; "$key" the
///         name under which an object's member was found
///   csv   a column by its header ("위도"), or by its number from 1 ("#3")
///   xml   element names and an attribute last ("pos/@lat"), "." the text itself; "^..." from the document.
///         Names are compared without namespace prefix
struct Mapping {
  std::string name;
  std::string file;
  WireFormat format = WireFormat::Json;
  std::string topic;     ///< which messages of a transport with many topics; empty: all
  std::string items;     ///< where the records are: pointer or path, '*' any member; empty: the document
  std::string encoding = "auto";
  char separator = '\0';  ///< 0: guessed
  char decimal = '.';
  bool header = true;
  int zoneMinutes = 540;
  std::vector<std::string> missing;
  std::vector<std::string> paths;  ///< all that is read; the rules hold indices

  Template entity;
  std::string kind;
  Template nameKo, nameEn;
  std::optional<size_t> x, y, elevation;  ///< longitude and latitude, or metres of `crs`
  std::shared_ptr<const core::ForeignCrs> crs;  ///< null: WGS 84
  std::vector<size_t> timePaths;                ///< joined by a blank; empty: the time of arrival
  std::string timeFormat = "iso";
  std::vector<ValueRule> properties, attributes;
  bool pose = false;
  std::optional<size_t> heading, speed;
  double speedScale = 1;  ///< to m/s
  std::string eventType;
  Template eventId;
  int severity = 0;
  double expiresSeconds = 0;  ///< described things vanish so long after they were last heard of; 0: never

  /// The error is one line with file, line, key and what to do.
  static base::Result<Mapping> load(const std::filesystem::path& file);
  static base::Result<Mapping> parse(std::string_view text, const std::string& fileName);
};

/// Mappings by name; filled before the path starts, constant then.
using MappingRegistry = std::map<std::string, std::shared_ptr<const Mapping>, std::less<>>;

}  // namespace feeds
