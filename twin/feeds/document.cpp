// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/document.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <deque>
#include <pugixml.hpp>

#include "twin/core/time.h"
#include "twin/feeds/decode_reason.h"

namespace feeds {
namespace {

constexpr int kMaxDepth = 64;
constexpr size_t kMaxNodes = 400'000;
constexpr base::UtcNs kYear2200 = 7'258'118'400 * base::kNsPerSecond;
constexpr std::string_view kBlank = " \t\r\n";

std::string trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

/// Builds the tree and counts what it has built.
class Builder {
 public:
  explicit Builder(Names names) : names_(names) {}

  bool build(const pugi::xml_node& from, DocNode& to, int depth) {
    if (depth > kMaxDepth) return false;
    for (const pugi::xml_attribute& attribute : from.attributes()) {
      DocNode* child = add(to, localName(attribute.name()));
      if (!child) return false;
      child->name.insert(0, 1, '@');
      child->text = trimmed(attribute.value());
    }
    std::string text;
    for (const pugi::xml_node& part : from.children()) {
      if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
      if (part.type() != pugi::node_element) continue;
      DocNode* child = add(to, localName(part.name()));
      if (!child || !build(part, *child, depth + 1)) return false;
    }
    to.text = trimmed(text);
    return true;
  }

  bool build(const simdjson::dom::element& from, DocNode& to, int depth) {
    if (depth > kMaxDepth) return false;
    simdjson::dom::object object;
    simdjson::dom::array array;
    if (!from.get(object)) {
      for (const auto& [key, value] : object) {
        if (value.is_null()) continue;
        DocNode* child = add(to, key);
        if (!child || !build(value, *child, depth + 1)) return false;
      }
    } else if (!from.get(array)) {
      for (const simdjson::dom::element value : array) {
        DocNode* child = add(to, {});
        if (!child || !build(value, *child, depth + 1)) return false;
      }
    } else {
      to.text = scalar(from);
    }
    return true;
  }

 private:
  DocNode* add(DocNode& to, std::string_view name) {
    if (++count_ > kMaxNodes) return nullptr;
    DocNode& child = to.children.emplace_back();
    child.name = names_ == Names::Folded ? foldName(name) : std::string(name);
    return &child;
  }

  static std::string_view localName(std::string_view name) {
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
  }

  static std::string scalar(const simdjson::dom::element& from) {
    std::string_view text;
    if (!from.get(text)) return trimmed(text);
    bool flag;
    if (!from.get(flag)) return flag ? "true" : "false";
    char buffer[32];
    int64_t whole;
    if (!from.get(whole)) return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, whole).ptr);
    double number;
    if (from.get(number)) return {};
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
  }

  Names names_;
  size_t count_ = 0;
};

base::Result<DocNode> parseXml(std::string_view bytes, Names names) {
  pugi::xml_document document;
  // Document type declarations are kept only to be refused: nothing is ever expanded or loaded.
  const auto parsed =
      document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed || !document.document_element()) return base::Error{reason::kXml};
  for (const pugi::xml_node& part : document.children())
    if (part.type() == pugi::node_doctype) return base::Error{reason::kXmlDtd};
  DocNode holder;
  if (!Builder(names).build(document, holder, 0)) return base::Error{reason::kTooLarge};
  if (holder.children.empty()) return base::Error{reason::kXml};
  return std::move(holder.children.front());
}

base::Result<DocNode> parseJson(std::string_view bytes, Names names) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element element;
  if (parser.parse(bytes.data(), bytes.size()).get(element)) return base::Error{reason::kJson};
  DocNode root;
  if (!Builder(names).build(element, root, 0)) return base::Error{reason::kTooLarge};
  return root;
}

}  // namespace

std::string foldName(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  for (const char c : name) {
    if (c == '-' || c == '_') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return folded;
}

base::Result<DocNode> parseDocument(std::string_view bytes, Names names) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) return base::Error{reason::kEncoding};
  const size_t first = bytes.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return base::Error{reason::kJson};
  return bytes[first] == '<' ? parseXml(bytes, names) : parseJson(bytes, names);
}

const DocNode* DocNode::child(std::string_view wanted) const {
  for (const DocNode& node : children)
    if (node.name == wanted) return &node;
  return nullptr;
}

const DocNode* DocNode::at(std::string_view path) const {
  const DocNode* node = this;
  while (node && !path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    node = node->child(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return node;
}

const DocNode* DocNode::find(std::string_view wanted) const {
  std::deque<const DocNode*> open{this};
  while (!open.empty()) {
    const DocNode* node = open.front();
    open.pop_front();
    for (const DocNode& next : node->children) {
      if (next.name == wanted) return &next;
      open.push_back(&next);
    }
  }
  return nullptr;
}

std::vector<const DocNode*> DocNode::all(std::string_view wanted) const {
  std::vector<const DocNode*> found;
  for (const DocNode& node : children) {
    if (node.name == wanted) {
      found.push_back(&node);
      continue;
    }
    const std::vector<const DocNode*> deeper = node.all(wanted);
    found.insert(found.end(), deeper.begin(), deeper.end());
  }
  return found;
}

std::vector<const DocNode*> DocNode::elements() const {
  const DocNode* list = this;
  const auto isArray = [](const DocNode& node) {
    return !node.children.empty() && node.children.front().name.empty();
  };
  if (!isArray(*this) && children.size() == 1 && isArray(children.front())) list = &children.front();
  std::vector<const DocNode*> items;
  for (const DocNode& node : list->children)
    if (!node.name.starts_with('@')) items.push_back(&node);
  return items;
}

std::string_view DocNode::value() const {
  if (!text.empty() || children.size() != 1 || !children.front().children.empty()) return text;
  return children.front().text.empty() ? std::string_view(children.front().name) : std::string_view(text);
}

std::string_view DocNode::valueAt(std::string_view path) const {
  const DocNode* node = at(path);
  return node ? node->value() : std::string_view();
}

std::optional<double> numberOf(const DocNode* node) {
  if (!node || node->text.empty()) return std::nullopt;
  double number;
  const char* end = node->text.data() + node->text.size();
  const auto [stop, error] = std::from_chars(node->text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<int64_t> integerOf(const DocNode* node) {
  if (!node || node->text.empty()) return std::nullopt;
  int64_t number;
  const char* end = node->text.data() + node->text.size();
  const auto [stop, error] = std::from_chars(node->text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<base::UtcNs> timeOf(const DocNode* node) {
  if (!node || node->text.empty()) return std::nullopt;
  const auto parsed = core::parseIso8601(node->text);
  if (!parsed || *parsed <= 0 || *parsed >= kYear2200) return std::nullopt;
  return *parsed;
}

}  // namespace feeds
