// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/kr_items.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "twin/feeds/json_tree.h"
#include "twin/feeds/xml_tree.h"

namespace feeds {

std::string scalarText(const simdjson::dom::element& value) {
  std::string_view text;
  if (!value.get(text)) return std::string(text);
  int64_t whole;
  if (!value.get(whole)) return std::to_string(whole);
  bool flag;
  if (!value.get(flag)) return flag ? "true" : "false";
  double number;
  if (value.get(number)) return {};
  char buffer[32];
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

}  // namespace feeds

namespace feeds::kr {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kMostItems = 100000;
constexpr size_t kMostFields = 256;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool sameName(std::string_view a, std::string_view b) {
  const auto low = [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return low(x) == low(y); });
}

/// Null when the code means success or "no data" (then `none` is set).
const char* reasonOf(std::string_view code, std::string_view message, bool& none) {
  none = false;
  code = trimmed(code);
  if (code.starts_with("INFO-") || code.starts_with("ERROR-")) {
    none = code == "INFO-200";
    if (code == "INFO-000" || none) return nullptr;
    return code == "INFO-100" ? reason::kKeyUnregistered : code == "ERROR-337" ? reason::kQuota : reason::kService;
  }
  const auto number = numberOf(code);
  const int value = number && *number >= 0 && *number < 100000 ? static_cast<int>(*number) : -1;
  switch (value) {
    case 0: return nullptr;
    case 3: none = true; return nullptr;
    case 10: case 11: return reason::kParameter;
    case 20: return reason::kAccessDenied;
    case 22: case 4001: return reason::kQuota;  // 4001: its.go.kr, a person's limit
    case 30: return reason::kKeyUnregistered;
    case 31: return reason::kKeyExpired;
    case 32: return reason::kAddressUnregistered;
    default: break;
  }
  // Some gateways repeat the name where the number belongs.
  const std::string text = std::string(code) + " " + std::string(message);
  const auto says = [&](const char* word) { return text.find(word) != std::string::npos; };
  if (says("NOT_REGISTERED")) return reason::kKeyUnregistered;
  if (says("LIMITED_NUMBER") || says("quota exceeded")) return reason::kQuota;
  if (says("DEADLINE_HAS_EXPIRED")) return reason::kKeyExpired;
  if (says("UNREGISTERED_IP")) return reason::kAddressUnregistered;
  return reason::kService;
}

std::optional<element> childOf(const std::optional<element>& from, std::string_view name) {
  object members;
  element found;
  if (!from || from->get(members) || members.at_key(name).get(found)) return std::nullopt;
  return found;
}

std::string textOf(const std::optional<element>& value) {
  return value ? scalarText(*value) : std::string();
}

/// What a row is made of, from JSON and XML alike.
struct Rows {
  std::vector<Item> items;
  bool full() const { return items.size() >= kMostItems; }
};

void addObject(const object& row, const Item* outer, Rows& rows) {
  Item item;
  std::vector<array> lists;
  size_t count = 0;
  for (const auto& [name, value] : row) {
    if (++count > kMostFields) break;
    array inner;
    if (!value.get(inner)) {
      lists.push_back(inner);
    } else if (std::string text = scalarText(value); !text.empty()) {
      item.add(std::string(name), std::move(text));
    }
  }
  bool nested = false;
  for (const array& list : lists) {
    for (const element& each : list) {
      object inner;
      if (outer || rows.full() || each.get(inner)) continue;  // one level deep
      addObject(inner, &item, rows);
      nested = true;
    }
  }
  if (nested || rows.full()) return;
  if (outer)
    for (const auto& [name, value] : outer->fields()) item.add(name, value);
  rows.items.push_back(std::move(item));
}

/// A list, one object, or an object with `item`.
void addRows(const element& from, Rows& rows) {
  array list;
  object one;
  if (!from.get(list)) {
    for (const element& each : list) {
      object row;
      if (!rows.full() && !each.get(row)) addObject(row, nullptr, rows);
    }
  } else if (!from.get(one)) {
    if (const auto item = childOf(from, "item")) return addRows(*item, rows);
    addObject(one, nullptr, rows);
  }
}

base::Result<std::vector<Item>> fromJson(std::string_view bytes) {
  JsonTree tree;
  if (const char* why = tree.parse(bytes)) return base::Error{why};
  Rows rows;
  array bare;
  if (!tree.root().get(bare)) {
    addRows(tree.root(), rows);
    return std::move(rows.items);
  }
  const std::optional<element> root = tree.root();
  if (const auto gateway = childOf(root, "OpenAPI_ServiceResponse")) {
    const auto header = childOf(gateway, "cmmMsgHeader");
    bool none;
    const char* why = reasonOf(textOf(childOf(header, "returnReasonCode")), textOf(childOf(header, "returnAuthMsg")), none);
    return base::Error{why ? why : reason::kService};
  }
  const auto response = childOf(root, "response");
  const std::optional<element> top = response ? response : root;
  const auto header = childOf(top, "header");
  const auto code = childOf(header ? header : top, "resultCode");
  const auto body = childOf(top, "body"), data = childOf(top, "data");
  if (code) {
    bool none;
    if (const char* why = reasonOf(textOf(code), textOf(childOf(header ? header : top, "resultMsg")), none)) return base::Error{why};
    if (none) return std::vector<Item>{};
  } else if (!body && !data && !childOf(top, "items")) {
    return base::Error{reason::kMissingField};  // JSON, but not of these services
  }
  array list;
  if (body && !body->get(list)) addRows(*body, rows);
  else if (const auto items = childOf(body ? body : top, "items")) addRows(*items, rows);
  else if (data) addRows(*data, rows);
  return std::move(rows.items);
}

bool hasElements(const pugi::xml_node& node) {
  for (const pugi::xml_node& child : node.children())
    if (child.type() == pugi::node_element) return true;
  return false;
}

void addNode(const pugi::xml_node& row, const Item* outer, Rows& rows) {
  Item item;
  std::vector<pugi::xml_node> lists;
  size_t count = 0;
  for (const pugi::xml_node& child : row.children()) {
    if (child.type() != pugi::node_element) continue;
    if (++count > kMostFields) break;
    if (hasElements(child)) {
      lists.push_back(child);
    } else if (const std::string_view text = child.child_value(); !text.empty()) {
      item.add(std::string(localName(child)), std::string(text));
    }
  }
  bool nested = false;
  for (const pugi::xml_node& list : lists) {
    if (outer || rows.full()) continue;
    addNode(list, &item, rows);
    nested = true;
  }
  if (nested || rows.full()) return;
  if (outer)
    for (const auto& [name, value] : outer->fields()) item.add(name, value);
  rows.items.push_back(std::move(item));
}

base::Result<std::vector<Item>> fromXml(std::string_view bytes) {
  pugi::xml_document document;
  if (const char* why = parseXml(bytes, document)) return base::Error{why};
  const pugi::xml_node root = document.document_element();
  bool none = false;
  if (localName(root) == "OpenAPI_ServiceResponse") {
    const pugi::xml_node header = childNamed(root, "cmmMsgHeader");
    const char* why = reasonOf(childNamed(header, "returnReasonCode").child_value(), childNamed(header, "returnAuthMsg").child_value(), none);
    return base::Error{why ? why : reason::kService};
  }
  const pugi::xml_node header = childNamed(root, "header");
  const pugi::xml_node code = childNamed(header ? header : root, "resultCode");
  const pugi::xml_node given = childNamed(root, "body");
  const pugi::xml_node body = given ? given : root;
  if (code) {
    if (const char* why = reasonOf(code.child_value(), childNamed(header ? header : root, "resultMsg").child_value(), none)) return base::Error{why};
    if (none) return std::vector<Item>{};
  } else if (!given) {
    return base::Error{reason::kMissingField};
  }
  Rows rows;
  for (const pugi::xml_node& child : body.children()) {
    if (localName(child) == "item" && hasElements(child)) addNode(child, nullptr, rows);
    if (localName(child) != "items") continue;
    // <items><item>..</item></items>, or one <items> per row as Daegu BIS writes it.
    const bool list = !childNamed(child, "item").empty();
    if (!list && hasElements(child)) addNode(child, nullptr, rows);
    for (const pugi::xml_node& item : child.children())
      if (list && localName(item) == "item" && !rows.full()) addNode(item, nullptr, rows);
  }
  return std::move(rows.items);
}

}  // namespace

std::optional<double> numberOf(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string_view Item::text(std::string_view name) const {
  for (const auto& [key, value] : fields_)
    if (sameName(key, name)) return trimmed(value);
  return {};
}

std::optional<double> Item::number(std::string_view name) const {
  return numberOf(text(name));
}

base::Result<std::vector<Item>> readItems(std::string_view bytes) {
  while (!bytes.empty() && static_cast<unsigned char>(bytes.front()) <= ' ') bytes.remove_prefix(1);
  std::string_view start = bytes;
  if (start.starts_with("\xef\xbb\xbf")) start.remove_prefix(3);
  if (start.starts_with('<')) return fromXml(start);
  if (start.starts_with('{') || start.starts_with('[')) return fromJson(start);
  // Plain words of a gateway: "API token quota exceeded", "Unexpected errors", "API rate limit exceeded".
  if (start.size() > 1024) return base::Error{reason::kJson};
  const bool limit = start.find("quota") != std::string_view::npos || start.find("limit") != std::string_view::npos;
  return base::Error{limit ? reason::kQuota : start.find("rror") != std::string_view::npos ? reason::kService : reason::kJson};
}

}  // namespace feeds::kr
