// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mapping_apply.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "twin/core/time.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_items.h"
#include "twin/feeds/record_reader.h"
#include "twin/feeds/time_format.h"

namespace feeds {
namespace {

constexpr uint64_t kMostRecords = 200000;
constexpr size_t kMostDetails = 64;
constexpr size_t kLongestText = 4096;

std::string shownText(const model::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", *number);
    return text;
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : "-";
}

/// One message on its way through one mapping.
class Application final : public RecordSink {
 public:
  Application(const Mapping& mapping, const RawMessage& message, const DecodeContext& context, MappingTrace* trace)
      : m_(mapping), message_(message), context_(context), trace_(trace) {
    if (!trace_) return;
    for (const std::string& path : m_.paths) trace_->paths.push_back({.path = path});
    nameUses();
  }

  bool record(const Record& record) override;
  void refused(const char* why) override {
    flags.emplace_back(why);
    if (trace_) ++trace_->refusedRecords[why];
  }
  void absent(size_t path) override { refusePath(path, reason::kMissingField); }

  model::Observations seen;
  std::vector<std::string> flags;

 private:
  void nameUses();
  void use(const Template& t, const char* what);
  void use(size_t path, std::string what) {
    std::string& known = trace_->paths[path].use;
    known += (known.empty() ? "" : ", ") + what;
  }
  void refusePath(size_t path, const char* why) {
    flags.emplace_back(why);
    if (trace_) ++trace_->paths[path].refused[why];
  }
  void tookPath(size_t path, const Cell& cell, const std::string& what) {
    if (!trace_) return;
    PathTrace& t = trace_->paths[path];
    if (t.taken++ == 0) t.raw = cell.text.substr(0, 200), t.took = what.substr(0, 200);
  }
  bool isMissing(const Cell& cell, const std::vector<std::string>& own) const {
    if (cell.kind == Cell::Kind::Null) return true;
    const auto holds = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), cell.text) != list.end(); };
    return holds(own) || (cell.kind == Cell::Kind::Text && holds(m_.missing));
  }
  std::optional<double> numberAt(const Cell& cell) const;
  std::optional<double> numberAt(const Record& record, std::optional<size_t> path);
  std::optional<std::string> fill(const Record& record, const Template& t);
  std::optional<base::UtcNs> timeAt(const Record& record);
  std::optional<glm::dvec3> placeAt(const Record& record);
  /// Nothing when absent or refused; an empty Value when the source says that there is none.
  std::optional<model::Value> valueAt(const Record& record, const ValueRule& rule);
  void addEvent(const Record& record, const std::string& entity, base::UtcNs when, const std::optional<glm::dvec3>& place);
  void addProperties(const Record& record, const std::string& entity, base::UtcNs when);
  void addDescription(const Record& record, const std::string& entity, base::UtcNs when, const std::optional<glm::dvec3>& place);
  void addPose(const Record& record, const std::string& entity, base::UtcNs when, const glm::dvec3& place);

  const Mapping& m_;
  const RawMessage& message_;
  const DecodeContext& context_;
  MappingTrace* trace_;
  uint64_t records_ = 0;
};

void Application::use(const Template& t, const char* what) {
  for (const Template::Part& part : t.parts)
    if (part.kind == Template::Part::Kind::Path) use(part.index, what);
}

void Application::nameUses() {
  use(m_.entity, "id");
  use(m_.nameKo, "name");
  use(m_.nameEn, "name_en");
  use(m_.eventId, "event id");
  for (const auto& [path, what] : {std::pair{m_.x, m_.crs ? "x" : "longitude"}, {m_.y, m_.crs ? "y" : "latitude"}, {m_.elevation, "elevation"}, {m_.heading, "heading"}, {m_.speed, "speed"}})
    if (path) use(*path, what);
  for (const size_t path : m_.timePaths) use(path, "time");
  for (const auto& [rules, what] : {std::pair{&m_.properties, "property "}, {&m_.attributes, "attribute "}})
    for (const ValueRule& rule : *rules) use(rule.path, what + (rule.name.parts.size() == 1 ? rule.name.parts[0].text : std::string("...")));
}

std::optional<double> Application::numberAt(const Cell& cell) const {
  if (cell.kind == Cell::Kind::Number) return cell.number;
  if (cell.kind != Cell::Kind::Text) return std::nullopt;
  if (m_.decimal == '.') return kr::numberOf(cell.text);
  std::string text = cell.text;
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());  // 1.234,5
  std::replace(text.begin(), text.end(), ',', '.');
  return kr::numberOf(text);
}

std::optional<double> Application::numberAt(const Record& record, std::optional<size_t> path) {
  if (!path) return std::nullopt;
  const Cell cell = record.at(*path);
  const auto number = numberAt(cell);
  if (number) {
    tookPath(*path, cell, shownText(*number));
  } else if (cell.kind != Cell::Kind::Absent && !isMissing(cell, {})) {
    refusePath(*path, reason::kNumber);
  } else if (trace_) {
    ++trace_->paths[*path].missing;
  }
  return number;
}

std::optional<std::string> Application::fill(const Record& record, const Template& t) {
  std::string text;
  for (const Template::Part& part : t.parts) {
    if (part.kind == Template::Part::Kind::Literal) {
      text += part.text;
    } else if (part.kind == Template::Part::Kind::TopicLevel) {
      const std::string_view level = topicLevel(message_.topic, static_cast<int>(part.index));
      if (level.empty()) return std::nullopt;
      text += level;
    } else {
      const Cell cell = record.at(part.index);
      if (cell.kind == Cell::Kind::Nested) refusePath(part.index, reason::kWrongType);
      if (cell.text.empty()) {
        if (trace_) ++trace_->paths[part.index].missing;
        return std::nullopt;
      }
      tookPath(part.index, cell, cell.text);
      text += cell.text.substr(0, kLongestText);
    }
  }
  return text;
}

std::optional<base::UtcNs> Application::timeAt(const Record& record) {
  if (m_.timePaths.empty()) return message_.received - message_.shift;  // the shift is added to every time
  std::string text;
  for (const size_t path : m_.timePaths) text += (text.empty() ? "" : " ") + record.at(path).text;
  const auto when = parseTime(text, m_.timeFormat, m_.zoneMinutes);
  for (const size_t path : m_.timePaths) {
    const Cell cell = record.at(path);
    if (when) tookPath(path, cell, trace_ ? core::formatIso8601(*when) : std::string());
    else if (trace_) ++trace_->paths[path].refused[reason::kTime], trace_->paths[path].raw = cell.text.substr(0, 200);
  }
  return when;
}

std::optional<glm::dvec3> Application::placeAt(const Record& record) {
  if (!m_.x || !m_.y) return std::nullopt;
  const auto x = numberAt(record, m_.x), y = numberAt(record, m_.y);
  if (!x || !y) return std::nullopt;
  const auto geographic = m_.crs ? m_.crs->toGeographic(*x, *y) : std::optional(core::GeoPoint{*x, *y, 0});
  const auto height = numberAt(record, m_.elevation);
  std::optional<glm::dvec3> place;
  if (geographic) place = cityPosition({geographic->longitude, geographic->latitude, height.value_or(context_.frame.elevation0())}, context_.frame);
  if (!place) refusePath(*m_.x, reason::kPosition);
  return place;
}

std::optional<model::Value> Application::valueAt(const Record& record, const ValueRule& rule) {
  const Cell cell = record.at(rule.path);
  if (cell.kind == Cell::Kind::Absent) {
    if (trace_) ++trace_->paths[rule.path].missing;
    return std::nullopt;
  }
  if (isMissing(cell, rule.missing)) {
    if (trace_) ++trace_->paths[rule.path].missing;
    return model::Value{};
  }
  if (cell.kind == Cell::Kind::Nested) {
    refusePath(rule.path, reason::kWrongType);
    return std::nullopt;
  }
  model::Value value;
  const auto word = rule.values.find(cell.text);
  const auto number = rule.type == ValueRule::Type::Text ? std::nullopt : numberAt(cell);
  if (word != rule.values.end()) {
    value = word->second;
  } else if (rule.type == ValueRule::Type::Flag) {
    value = cell.kind == Cell::Kind::Flag ? cell.flag : cell.text == "1" || cell.text == "Y" || cell.text == "y" || cell.text == "true" || cell.text == "yes";
  } else if (number) {
    const double scaled = *number * rule.scale + rule.offset;
    if (!std::isfinite(scaled)) return refusePath(rule.path, reason::kNumber), std::nullopt;
    value = scaled;
  } else if (rule.type == ValueRule::Type::Number) {
    if (trace_ && trace_->paths[rule.path].raw.empty()) trace_->paths[rule.path].raw = cell.text.substr(0, 200);
    return refusePath(rule.path, reason::kNumber), std::nullopt;
  } else if (cell.kind == Cell::Kind::Flag) {
    value = cell.flag;
  } else {
    value = cell.text.substr(0, kLongestText);
  }
  tookPath(rule.path, cell, trace_ ? shownText(value) + (rule.unit.empty() ? "" : " " + rule.unit) : std::string());
  return value;
}

void Application::addProperties(const Record& record, const std::string& entity, base::UtcNs when) {
  for (const ValueRule& rule : m_.properties) {
    const auto name = fill(record, rule.name);
    auto value = valueAt(record, rule);
    if (!value) continue;
    if (!name || !validId(*name)) {
      refusePath(rule.path, reason::kMissingField);
      continue;
    }
    model::PropertyObservation p{.entity = entity, .kind = m_.kind, .property = *name, .value = *std::move(value), .unit = rule.unit, .eventTime = when, .provenance = context_.provenance};
    p.bad = p.value.index() == 0;
    seen.properties.push_back(std::move(p));
  }
}

void Application::addEvent(const Record& record, const std::string& entity, base::UtcNs when, const std::optional<glm::dvec3>& place) {
  const auto id = fill(record, m_.eventId);
  if (!id || !validId(*id)) return refused(reason::kMissingField);
  model::EventObservation event{.id = m_.name + "/" + *id, .type = m_.eventType, .entity = entity, .position = place, .eventTime = when, .severity = m_.severity, .provenance = context_.provenance};
  for (const auto* rules : {&m_.properties, &m_.attributes}) {
    for (const ValueRule& rule : *rules) {
      const auto name = fill(record, rule.name);
      const auto value = valueAt(record, rule);
      if (name && value && value->index() != 0 && event.details.size() < kMostDetails) event.details.emplace_back(*name, shownText(*value));
    }
  }
  seen.events.push_back(std::move(event));
}

void Application::addDescription(const Record& record, const std::string& entity, base::UtcNs when, const std::optional<glm::dvec3>& place) {
  if (!place && m_.nameKo.empty() && m_.attributes.empty()) return;
  model::DescriptionObservation d;
  d.entity = entity;
  d.kind = m_.kind;
  d.name.ko = fill(record, m_.nameKo).value_or("");
  d.name.en = fill(record, m_.nameEn).value_or("");
  d.position = place;
  d.hasElevation = place && m_.elevation;
  for (const ValueRule& rule : m_.attributes) {
    const auto name = fill(record, rule.name);
    auto value = valueAt(record, rule);
    if (name && value && value->index() != 0) d.attributes.emplace_back(*name, *std::move(value));
  }
  d.eventTime = when;
  if (m_.expiresSeconds > 0) d.expires = when + static_cast<int64_t>(m_.expiresSeconds * 1e9);
  d.provenance = context_.provenance;
  seen.descriptions.push_back(std::move(d));
}

void Application::addPose(const Record& record, const std::string& entity, base::UtcNs when, const glm::dvec3& place) {
  model::PoseObservation pose;
  pose.entity = entity;
  pose.kind = m_.kind;
  pose.position = place;
  pose.hasElevation = m_.elevation.has_value();
  if (const auto heading = numberAt(record, m_.heading)) pose.heading = gridHeading(std::fmod(*heading, 360), context_.frame);
  if (const auto speed = numberAt(record, m_.speed); speed && std::abs(*speed * m_.speedScale) < 500) pose.speed = *speed * m_.speedScale;
  pose.eventTime = when;
  pose.provenance = context_.provenance;
  seen.poses.push_back(std::move(pose));
}

bool Application::record(const Record& record) {
  if (records_++ >= kMostRecords) {
    refused(reason::kTooLarge);
    return false;
  }
  if (trace_) {
    ++trace_->records;
    if (records_ == 1)
      for (const std::string& name : record.names())
        if (std::none_of(m_.paths.begin(), m_.paths.end(), [&](const std::string& path) { return path == name || path.starts_with(name + "/"); })) trace_->unread.push_back(name);
  }
  const auto entity = fill(record, m_.entity);
  if (!entity || !validId(*entity)) {
    refused(entity ? reason::kWrongType : reason::kMissingField);
    return true;
  }
  const auto when = timeAt(record);
  if (!when) {
    refused(reason::kTime);
    return true;
  }
  const size_t before = seen.count();
  const auto place = placeAt(record);
  if (!m_.eventType.empty()) {
    addEvent(record, *entity, *when, place);
  } else {
    if (m_.pose && place) addPose(record, *entity, *when, *place);
    addDescription(record, *entity, *when, m_.pose ? std::nullopt : place);
    addProperties(record, *entity, *when);
  }
  if (trace_ && seen.count() > before) ++trace_->taken;
  return true;
}

}  // namespace

Decoded applyMapping(const Mapping& mapping, const RawMessage& message, const DecodeContext& context, MappingTrace* trace) {
  Application application(mapping, message, context, trace);
  const char* why = nullptr;
  switch (mapping.format) {
    case WireFormat::Json: why = readJsonRecords(mapping, message.bytes, application); break;
    case WireFormat::Csv: why = readCsvRecords(mapping, message.bytes, application); break;
    case WireFormat::Xml: why = readXmlRecords(mapping, message.bytes, application); break;
  }
  if (why) {
    if (trace) trace->refusedFor = why;
    return base::Error{why};
  }
  Decoded done(std::move(application.seen));
  done.warnings = std::move(application.flags);
  return done;
}

Decoded decodeMapped(const RawMessage& message, const DecodeContext& context) {
  if (!context.mappings) return base::Error{reason::kNoMapping};
  const auto found = context.mappings->find(topicLevel(message.topic, 1));
  if (found == context.mappings->end()) return base::Error{reason::kNoMapping};
  return applyMapping(*found->second, message, context);
}

}  // namespace feeds
