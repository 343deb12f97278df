// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/record_reader.h"
#include "twin/feeds/xml_tree.h"

namespace feeds {
namespace {

struct CompiledPath {
  bool fromRoot = false;
  std::vector<std::string> elements;
  std::string attribute;
};

std::vector<std::string> stepsOf(std::string_view path) {
  std::vector<std::string> steps;
  while (!path.empty()) {
    const size_t end = std::min(path.find('/'), path.size());
    if (end > 0 && path.substr(0, end) != ".") steps.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return steps;
}

CompiledPath compiled(std::string_view path) {
  CompiledPath result;
  if (path.starts_with('^')) {
    result.fromRoot = true;
    path.remove_prefix(1);
  }
  result.elements = stepsOf(path);
  if (!result.elements.empty() && result.elements.back().starts_with('@')) {
    result.attribute = result.elements.back().substr(1);
    result.elements.pop_back();
  }
  return result;
}

class XmlRecord final : public Record {
 public:
  XmlRecord(const std::vector<CompiledPath>& paths, pugi::xml_node document, pugi::xml_node here)
      : paths_(paths), document_(document), here_(here) {}

  Cell at(size_t path) const override {
    const CompiledPath& p = paths_[path];
    pugi::xml_node node = p.fromRoot ? document_ : here_;
    for (const std::string& name : p.elements) node = childNamed(node, name);
    if (!node) return {};
    if (!p.attribute.empty()) {
      for (const pugi::xml_attribute& a : node.attributes()) {
        const std::string_view name = a.name();
        if (name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1) == p.attribute) return {Cell::Kind::Text, a.value(), 0, false};
      }
      return {};
    }
    for (const pugi::xml_node& child : node.children())
      if (child.type() == pugi::node_element) return {Cell::Kind::Nested, {}, 0, false};
    return {Cell::Kind::Text, node.child_value(), 0, false};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> all;
    for (const pugi::xml_attribute& a : here_.attributes()) all.push_back("@" + std::string(a.name()));
    for (const pugi::xml_node& child : here_.children())
      if (child.type() == pugi::node_element) all.emplace_back(localName(child));
    return all;
  }

 private:
  const std::vector<CompiledPath>& paths_;
  pugi::xml_node document_, here_;
};

class Walk {
 public:
  Walk(const std::vector<CompiledPath>& paths, pugi::xml_node document, std::vector<std::string> steps, RecordSink& sink)
      : paths_(paths), document_(document), steps_(std::move(steps)), sink_(sink) {}

  void go(const pugi::xml_node& at, size_t depth) {
    if (depth == steps_.size()) {
      found = true;
      more_ = more_ && sink_.record(XmlRecord(paths_, document_, at));
      return;
    }
    for (const pugi::xml_node& child : at.children())
      if (more_ && child.type() == pugi::node_element && (steps_[depth] == "*" || localName(child) == steps_[depth])) go(child, depth + 1);
  }
  bool found = false;

 private:
  const std::vector<CompiledPath>& paths_;
  pugi::xml_node document_;
  const std::vector<std::string> steps_;
  RecordSink& sink_;
  bool more_ = true;
};

}  // namespace

const char* readXmlRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink) {
  pugi::xml_document document;
  if (const char* why = parseXml(bytes, document)) return why;
  std::vector<CompiledPath> paths;
  for (const std::string& path : mapping.paths) paths.push_back(compiled(path));
  std::vector<std::string> steps = stepsOf(mapping.items);
  if (steps.empty()) steps.emplace_back("*");  // the document's element
  Walk walk(paths, document, std::move(steps), sink);
  walk.go(document, 0);
  return walk.found ? nullptr : reason::kNoItems;
}

}  // namespace feeds
