// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_cap.h"

#include <charconv>
#include <map>

#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/document.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr size_t kMaxAreas = 16, kMaxInfos = 64, kMaxCorners = 10'000, kMaxReferences = 64;
constexpr size_t kMaxIdentifier = 100;

/// Splits off the next word.
std::string_view nextWord(std::string_view& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return text = {};
  const size_t end = std::min(text.find_first_of(" \t\r\n", first), text.size());
  const std::string_view word = text.substr(first, end - first);
  text.remove_prefix(end);
  return word;
}

std::optional<double> decimal(std::string_view text) {
  double number;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// "35.83,128.68" (latitude first, 3.2.4 and WGS 84).
std::optional<core::GeoPoint> pair(std::string_view word) {
  const size_t comma = word.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto latitude = decimal(word.substr(0, comma)), longitude = decimal(word.substr(comma + 1));
  if (!latitude || !longitude) return std::nullopt;
  return core::GeoPoint{*longitude, *latitude, 0};
}

/// Rings of all polygons and circles of an area. False when one cannot be read.
bool readRings(const DocNode& area, const core::CityFrame& frame, std::vector<std::vector<glm::dvec3>>& rings) {
  for (const DocNode& shape : area.children) {
    std::string_view text = shape.text;
    if (shape.name == "polygon") {
      std::vector<core::GeoPoint> corners;
      for (std::string_view word = nextWord(text); !word.empty(); word = nextWord(text)) {
        const auto corner = pair(word);
        if (!corner || corners.size() >= kMaxCorners) return false;
        corners.push_back(*corner);
      }
      auto ring = cityPath(corners, frame);
      if (!ring || ring->size() < 4) return false;
      rings.push_back(std::move(*ring));
    } else if (shape.name == "circle") {
      const auto centre = pair(nextWord(text));
      const auto kilometres = decimal(nextWord(text));
      const auto place = centre ? cityPosition(*centre, frame) : std::nullopt;
      if (!place || !kilometres || *kilometres < 0 || *kilometres > 20'000) return false;
      rings.push_back(circleRing(*place, std::max(*kilometres * 1000, 1.0)));
    }
  }
  return true;
}

/// Blocks of the same message in several languages.
struct Message {
  std::vector<const DocNode*> infos;
  const DocNode& first() const { return *infos.front(); }
  /// A text in both languages; where one is missing the other stands in.
  core::BilingualText text(std::string_view element) const {
    core::BilingualText both;
    std::string other;
    for (const DocNode* info : infos) {
      const std::string said(info->valueAt(element));
      const std::string_view language = info->valueAt("language");
      if (language.starts_with("ko")) {
        both.ko = said;
      } else if (language.starts_with("en") || language.empty()) {  // 3.2.2: absent means en-US
        both.en = said;
      } else if (other.empty()) {
        other = said;
      }
    }
    if (both.en.empty()) both.en = other.empty() ? both.ko : other;
    if (both.ko.empty()) both.ko = both.en;
    return both;
  }
};

/// The k-th block of each language belongs to the k-th message.
std::vector<Message> messagesOf(const DocNode& alert) {
  std::map<std::string, size_t> seen;
  std::vector<Message> messages;
  size_t blocks = 0;
  for (const DocNode& info : alert.children) {
    if (info.name != "info" || ++blocks > kMaxInfos) continue;
    const size_t index = seen[std::string(info.valueAt("language"))]++;
    if (index >= messages.size()) messages.resize(index + 1);
    messages[index].infos.push_back(&info);
  }
  return messages;
}

int severityOf(std::string_view severity) {
  if (severity == "Extreme") return 3;
  if (severity == "Severe") return 2;
  return severity == "Moderate" ? 1 : 0;
}

core::BilingualText titleOf(const Message& message, std::string_view status) {
  core::BilingualText title = message.text("headline");
  if (title.en.empty()) title = message.text("event");
  if (status == "Actual") return title;
  const char* ko = status == "Exercise" ? "[훈련] " : "[시험] ";
  return {ko + title.ko, "[" + std::string(status) + "] " + title.en};
}

struct Alert {
  const DocNode& node;
  std::string identifier, status;
  base::UtcNs sent = 0;
  const DecodeContext& context;
  size_t areas = 0;
};

std::string entityOf(std::string_view identifier, size_t index) {
  return "cap-" + std::string(identifier) + (index == 0 ? "" : "-" + std::to_string(index));
}

void describeArea(const Message& message, const DocNode* area, Alert& alert, Decoded& out) {
  Emitter emit(*out, {entityOf(alert.identifier, alert.areas++), "warning_area", alert.sent,
                      alert.context.provenance});
  model::DescriptionObservation& about = emit.describe();
  about.name = titleOf(message, alert.status);
  about.expires = timeOf(message.first().child("expires")).value_or(0);
  std::vector<std::vector<glm::dvec3>> rings;
  if (area && !readRings(*area, alert.context.frame, rings)) out.warnings.emplace_back(reason::kPosition);
  about.geometry = makeGeometry(model::Geometry::Shape::Area, std::move(rings));
  if (about.geometry) {
    about.position = middleOf(*about.geometry);
  } else {
    out.warnings.emplace_back(reason::kNoPlace);  // a geocode or a name only: listed
  }
  for (const char* name : {"event", "category", "severity", "urgency", "certainty", "onset"})
    addAttribute(about, name, message.first().valueAt(name));
  addAttribute(about, "status", alert.status);
  if (!area) return;
  addAttribute(about, "area", area->valueAt("areaDesc"));
  for (const DocNode& code : area->children)
    if (code.name == "geocode") addAttribute(about, "geocode", code.valueAt("value"));
}

void tellMessage(const Message& message, size_t index, std::string_view type, Alert& alert, Decoded& out) {
  const std::string entity = entityOf(alert.identifier, alert.areas);
  const auto before = out->descriptions.size();
  for (const DocNode& area : message.first().children)
    if (area.name == "area" && alert.areas < kMaxAreas) describeArea(message, &area, alert, out);
  if (out->descriptions.size() == before && alert.areas < kMaxAreas) describeArea(message, nullptr, alert, out);
  Emitter emit(*out, {entity, "warning_area", alert.sent, alert.context.provenance});
  model::EventObservation& event = emit.event("cap/" + alert.identifier + '/' + std::to_string(index), type);
  if (out->descriptions.size() > before) event.position = out->descriptions[before].position;
  event.severity = severityOf(message.first().valueAt("severity"));
  const core::BilingualText title = titleOf(message, alert.status), text = message.text("description"),
                            advice = message.text("instruction");
  addDetail(event, "ko", title.ko);
  addDetail(event, "en", title.en);
  addDetail(event, "description.ko", text.ko);
  addDetail(event, "description.en", text.en);
  addDetail(event, "instruction.ko", advice.ko);
  addDetail(event, "instruction.en", advice.en);
  for (const char* name : {"event", "severity", "urgency", "certainty", "senderName"})
    addDetail(event, name, message.first().valueAt(name));
}

/// 3.2.1 references: "sender,identifier,sent" separated by blanks.
void departReferences(const DocNode& node, base::UtcNs sent, Decoded& out) {
  std::string_view text = node.valueAt("references");
  size_t count = 0;
  for (std::string_view word = nextWord(text); !word.empty() && count < kMaxReferences; word = nextWord(text)) {
    const size_t first = word.find(','), last = word.rfind(',');
    if (first == std::string_view::npos || last == first) continue;
    const std::string_view identifier = word.substr(first + 1, last - first - 1);
    if (!validId(identifier) || identifier.size() > kMaxIdentifier) continue;
    // How many areas the old alert had stands in the old alert only.
    for (size_t i = 0; i < kMaxAreas; ++i) out->departures.push_back({entityOf(identifier, i), sent});
    ++count;
  }
}

}  // namespace

Decoded decodeCap(const RawMessage& message, const DecodeContext& context) {
  const auto document = parseDocument(message.bytes);
  if (!document) return base::Error{document.error()};
  const DocNode* node = document->name == "alert" ? &*document : document->find("alert");
  if (!node) return base::Error{reason::kNotSupported};
  const std::string identifier(node->valueAt("identifier")), type(node->valueAt("msgType"));
  const std::string status(node->valueAt("status"));
  if (identifier.empty() || type.empty() || status.empty()) return base::Error{reason::kMissingField};
  if (!validId(identifier) || identifier.size() > kMaxIdentifier) return base::Error{reason::kWrongType};
  const auto sent = timeOf(node->child("sent"));
  if (!sent) return base::Error{reason::kTime};

  Decoded out{model::Observations{}};
  if (type == "Ack" || type == "Error" || status == "Draft" || status == "System") return out;
  if (type != "Alert" && type != "Update" && type != "Cancel") return base::Error{reason::kWrongType};
  if (type != "Alert") departReferences(*node, *sent, out);
  Alert alert{*node, identifier, status, *sent, context};
  const std::vector<Message> messages = messagesOf(*node);
  if (type == "Cancel") {
    Emitter emit(*out, {entityOf(identifier, 0), "warning_area", *sent, context.provenance});
    model::EventObservation& event = emit.event("cap/" + identifier + "/cancel", "cap.cancel");
    event.entity.clear();
    addDetail(event, "references", node->valueAt("references"));
    if (messages.empty()) return out;
    addDetail(event, "ko", titleOf(messages[0], status).ko);
    addDetail(event, "en", titleOf(messages[0], status).en);
    return out;
  }
  if (messages.empty()) return base::Error{reason::kMissingField};
  for (size_t i = 0; i < messages.size(); ++i)
    tellMessage(messages[i], i, type == "Update" ? "cap.update" : "cap.alert", alert, out);
  return out;
}

}  // namespace feeds
