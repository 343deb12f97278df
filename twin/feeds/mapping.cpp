// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mapping.h"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>

#include "twin/feeds/text_encoding.h"
#include "twin/feeds/time_format.h"

namespace feeds {
namespace {

constexpr size_t kMostPaths = 256;

/// Reads one file; the first thing wrong stays in `error`.
class Loader {
 public:
  Loader(const std::string& file, Mapping& out) : file_(file), m_(out) {}

  std::string error;

  void fail(const toml::node* at, std::string_view key, const std::string& why) {
    if (!error.empty()) return;
    error = file_ + ":" + std::to_string(at ? at->source().begin.line : 1) + ": " + std::string(key) + ": " + why;
  }

  void root(const toml::table& t);

 private:
  std::optional<std::string> text(const toml::table& t, const char* key, bool needed = false) {
    const toml::node* node = t.get(key);
    if (!node) {
      if (needed) fail(&t, key, "is needed");
      return std::nullopt;
    }
    const auto value = node->value<std::string>();
    if (!node->is_string()) return fail(node, key, "must be text in quotes"), std::nullopt;
    return value;
  }
  std::optional<double> number(const toml::table& t, const char* key) {
    const toml::node* node = t.get(key);
    if (!node) return std::nullopt;
    const auto value = node->value<double>();
    if (!node->is_number() || !value) return fail(node, key, "must be a number"), std::nullopt;
    return value;
  }
  const toml::table* table(const toml::table& t, const char* key) {
    const toml::node* node = t.get(key);
    if (!node) return nullptr;
    if (!node->is_table()) return fail(node, key, "must be a table, as in [" + std::string(key) + "]"), nullptr;
    return node->as_table();
  }
  std::vector<std::string> texts(const toml::table& t, const char* key) {
    std::vector<std::string> all;
    const toml::node* node = t.get(key);
    if (!node) return all;
    if (const auto one = node->value<std::string>(); node->is_string() && one) return {*one};
    const toml::array* list = node->as_array();
    if (!list) return fail(node, key, "must be a list of texts"), all;
    for (const toml::node& each : *list) {
      const auto value = each.value<std::string>();
      if (!each.is_string() || !value) return fail(node, key, "must be a list of texts"), all;
      all.push_back(*value);
    }
    return all;
  }
  size_t path(const toml::node* at, std::string_view key, const std::string& text) {
    if (text.empty()) fail(at, key, "is empty; name a path");
    if (m_.format == WireFormat::Json && text != "$key" && !text.starts_with('/') && !text.starts_with("^/"))
      fail(at, key, "'" + text + "' is no JSON pointer; begin with /");
    const auto it = std::find(m_.paths.begin(), m_.paths.end(), text);
    if (it != m_.paths.end()) return static_cast<size_t>(it - m_.paths.begin());
    if (m_.paths.size() >= kMostPaths) fail(at, key, "more than 256 paths");
    m_.paths.push_back(text);
    return m_.paths.size() - 1;
  }
  std::optional<size_t> pathOf(const toml::table& t, const char* key) {
    const auto given = text(t, key);
    if (!given) return std::nullopt;
    return path(t.get(key), key, *given);
  }
  Template compile(const toml::node* at, std::string_view key, std::string_view pattern);
  Template templateOf(const toml::table& t, const char* key, bool needed = false) {
    const auto given = text(t, key, needed);
    return given ? compile(t.get(key), key, *given) : Template{};
  }
  void onlyKnown(const toml::table& t, std::initializer_list<std::string_view> keys) {
    for (const auto& [key, node] : t)
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) fail(&node, key.str(), "is not known here; see assets/feeds/mapping_example.toml");
  }
  void wire(const toml::table& t);
  void entity(const toml::table& t);
  void position(const toml::table& t);
  void time(const toml::table& t);
  void pose(const toml::table& t);
  void event(const toml::table& t);
  std::vector<ValueRule> rules(const toml::table& t, const char* key);
  ValueRule rule(const toml::table& t);

  const std::string& file_;
  Mapping& m_;
};

Template Loader::compile(const toml::node* at, std::string_view key, std::string_view pattern) {
  Template result;
  while (!pattern.empty()) {
    const size_t open = std::min(pattern.find('{'), pattern.size());
    if (open > 0) result.parts.push_back({Template::Part::Kind::Literal, std::string(pattern.substr(0, open)), 0});
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const size_t close = pattern.find('}');
    if (close == std::string_view::npos) {
      fail(at, key, "a { is never closed");
      break;
    }
    const std::string name(pattern.substr(1, close - 1));
    pattern.remove_prefix(close + 1);
    if (name.starts_with("topic:")) {
      size_t level = 0;
      const auto [end, bad] = std::from_chars(name.data() + 6, name.data() + name.size(), level);
      if (bad != std::errc() || end != name.data() + name.size() || level > 32) fail(at, key, "write {topic:N} with the level's number from 0");
      result.parts.push_back({Template::Part::Kind::TopicLevel, {}, level});
    } else {
      result.parts.push_back({Template::Part::Kind::Path, {}, path(at, key, name)});
    }
  }
  return result;
}

void Loader::wire(const toml::table& t) {
  if (const auto encoding = text(t, "encoding")) m_.encoding = *encoding;
  if (!knownEncoding(m_.encoding)) fail(t.get("encoding"), "encoding", "is unknown to iconv; write \"auto\", \"UTF-8\" or \"CP949\"");
  if (const auto separator = text(t, "separator")) {
    if (*separator != "auto" && *separator != "tab" && separator->size() != 1) fail(t.get("separator"), "separator", "write \"auto\", \"tab\" or one character");
    m_.separator = *separator == "auto" ? '\0' : *separator == "tab" ? '\t' : separator->front();
  }
  if (const auto decimal = text(t, "decimal")) {
    if (*decimal != "." && *decimal != ",") fail(t.get("decimal"), "decimal", "must be \".\" or \",\"");
    m_.decimal = decimal->front();
  }
  if (const toml::node* header = t.get("header")) {
    if (!header->is_boolean()) fail(header, "header", "must be true or false");
    m_.header = header->value_or(true);
  }
  if (const auto items = text(t, "items")) m_.items = *items;
  m_.missing = t.contains("missing") ? texts(t, "missing") : std::vector<std::string>{"", "-", "null", "NULL", "N/A", "NaN"};
}

void Loader::entity(const toml::table& t) {
  onlyKnown(t, {"id", "kind", "name", "name_en", "expires"});
  m_.entity = templateOf(t, "id", true);
  if (const auto kind = text(t, "kind", true)) m_.kind = *kind;
  m_.nameKo = templateOf(t, "name");
  m_.nameEn = templateOf(t, "name_en");
  m_.expiresSeconds = number(t, "expires").value_or(0);
}

void Loader::position(const toml::table& t) {
  onlyKnown(t, {"longitude", "latitude", "x", "y", "crs", "elevation"});
  const bool projected = t.contains("x") || t.contains("y") || t.contains("crs");
  m_.x = pathOf(t, projected ? "x" : "longitude");
  m_.y = pathOf(t, projected ? "y" : "latitude");
  m_.elevation = pathOf(t, "elevation");
  if (!m_.x || !m_.y) fail(&t, "position", "give longitude and latitude, or x, y and crs");
  if (!projected) return;
  const auto crs = text(t, "crs", true);
  if (!crs) return;
  auto made = core::ForeignCrs::create(*crs);
  if (!made) return fail(t.get("crs"), "crs", made.error());
  m_.crs = *made;
}

void Loader::time(const toml::table& t) {
  onlyKnown(t, {"path", "format", "zone"});
  for (const std::string& each : texts(t, "path")) m_.timePaths.push_back(path(t.get("path"), "path", each));
  if (m_.timePaths.empty()) fail(&t, "path", "name the time's path, or leave [time] out for the time of arrival");
  if (const auto format = text(t, "format")) m_.timeFormat = *format;
  if (!validTimePattern(m_.timeFormat)) fail(t.get("format"), "format", "write \"iso\", \"unix\", \"unix_ms\" or a pattern like \"%Y-%m-%d %H:%M\"");
  if (const auto zone = text(t, "zone")) {
    const auto moment = parseTime("2000-01-01T00:00:00" + *zone, "%Y-%m-%dT%H:%M:%S%z", 0);
    if (!moment) return fail(t.get("zone"), "zone", "write an offset like \"+09:00\" or \"Z\"");
    m_.zoneMinutes = static_cast<int>((int64_t{946684800} - *moment / base::kNsPerSecond) / 60);
  }
}

void Loader::pose(const toml::table& t) {
  onlyKnown(t, {"heading", "speed", "speed_scale"});
  m_.pose = true;
  m_.heading = pathOf(t, "heading");
  m_.speed = pathOf(t, "speed");
  m_.speedScale = number(t, "speed_scale").value_or(1);
  if (!m_.x) fail(&t, "pose", "needs [position]");
}

void Loader::event(const toml::table& t) {
  onlyKnown(t, {"type", "id", "severity"});
  if (const auto type = text(t, "type", true)) m_.eventType = *type;
  m_.eventId = templateOf(t, "id", true);
  m_.severity = static_cast<int>(std::clamp(number(t, "severity").value_or(0), 0.0, 3.0));
}

ValueRule Loader::rule(const toml::table& t) {
  onlyKnown(t, {"name", "path", "unit", "scale", "offset", "type", "missing", "values"});
  ValueRule r;
  r.name = templateOf(t, "name", true);
  r.path = pathOf(t, "path").value_or(0);
  if (!t.contains("path")) fail(&t, "path", "is needed");
  if (const auto unit = text(t, "unit")) r.unit = *unit;
  r.scale = number(t, "scale").value_or(1);
  r.offset = number(t, "offset").value_or(0);
  r.missing = texts(t, "missing");
  if (const auto type = text(t, "type")) {
    if (*type == "number") r.type = ValueRule::Type::Number;
    else if (*type == "text") r.type = ValueRule::Type::Text;
    else if (*type == "flag") r.type = ValueRule::Type::Flag;
    else fail(t.get("type"), "type", "must be \"number\", \"text\" or \"flag\"");
  }
  if (const toml::table* values = table(t, "values")) {
    for (const auto& [code, word] : *values) {
      if (!word.is_string()) fail(&word, code.str(), "must be text in quotes");
      r.values[std::string(code.str())] = word.value_or(std::string());
    }
  }
  return r;
}

std::vector<ValueRule> Loader::rules(const toml::table& t, const char* key) {
  std::vector<ValueRule> all;
  const toml::node* node = t.get(key);
  if (!node) return all;
  if (!node->is_array_of_tables()) return fail(node, key, "must be [[" + std::string(key) + "]] tables"), all;
  for (const toml::node& each : *node->as_array()) all.push_back(rule(*each.as_table()));
  return all;
}

void Loader::root(const toml::table& t) {
  onlyKnown(t, {"name", "format", "topic", "items", "encoding", "separator", "decimal", "header", "missing", "entity", "position", "time", "property", "attribute", "pose", "event"});
  if (const auto name = text(t, "name")) m_.name = *name;
  if (m_.name.empty() || m_.name.size() > 64 || m_.name.find_first_of("/+# \t") != std::string::npos) fail(t.get("name"), "name", "must be 1 to 64 bytes without blanks / + #");
  const auto format = text(t, "format", true);
  if (format == "json") m_.format = WireFormat::Json;
  else if (format == "csv") m_.format = WireFormat::Csv;
  else if (format == "xml") m_.format = WireFormat::Xml;
  else if (format) fail(t.get("format"), "format", "must be \"json\", \"csv\" or \"xml\"");
  if (const auto topic = text(t, "topic")) m_.topic = *topic;
  wire(t);
  const toml::table* thing = table(t, "entity");
  if (!thing) return fail(&t, "entity", "a mapping needs an [entity] table with id and kind");
  entity(*thing);
  if (const toml::table* place = table(t, "position")) position(*place);
  if (const toml::table* when = table(t, "time")) time(*when);
  if (const toml::table* moving = table(t, "pose")) pose(*moving);
  if (const toml::table* happening = table(t, "event")) event(*happening);
  m_.properties = rules(t, "property");
  m_.attributes = rules(t, "attribute");
}

}  // namespace

base::Result<Mapping> Mapping::parse(std::string_view text, const std::string& fileName) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return base::Error{fileName + ":" + std::to_string(parsed.error().source().begin.line) + ": not TOML: " + std::string(parsed.error().description())};
  Mapping mapping;
  mapping.file = fileName;
  mapping.name = std::filesystem::path(fileName).stem().string();
  Loader loader(fileName, mapping);
  loader.root(parsed.table());
  if (!loader.error.empty()) return base::Error{loader.error};
  return mapping;
}

base::Result<Mapping> Mapping::load(const std::filesystem::path& file) {
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) return base::Error{file.string() + ":" + std::to_string(parsed.error().source().begin.line) + ": not readable as TOML: " + std::string(parsed.error().description())};
  Mapping mapping;
  mapping.file = file.string();
  mapping.name = file.stem().string();
  Loader loader(mapping.file, mapping);
  loader.root(parsed.table());
  if (!loader.error.empty()) return base::Error{loader.error};
  return mapping;
}

}  // namespace feeds
