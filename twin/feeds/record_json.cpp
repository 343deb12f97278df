// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "twin/feeds/json_tree.h"
#include "twin/feeds/record_reader.h"

namespace feeds {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// Reference tokens of an RFC 6901 pointer, unescaped (section 4: ~1 is /, ~0 is ~).
std::vector<std::string> tokensOf(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // the slash
    const size_t end = std::min(pointer.find('/'), pointer.size());
    std::string token;
    for (size_t i = 0; i < end; ++i) {
      const bool escape = pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
      token += escape ? (pointer[++i] == '1' ? '/' : '~') : pointer[i];
    }
    tokens.push_back(std::move(token));
    pointer.remove_prefix(end);
  }
  return tokens;
}

std::optional<element> step(const element& from, const std::string& token) {
  object members;
  element found;
  if (!from.get(members)) {
    if (members.at_key(token).get(found)) return std::nullopt;
    return found;
  }
  array list;
  size_t index = 0;
  const auto [end, bad] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (from.get(list) || bad != std::errc() || end != token.data() + token.size() || list.at(index).get(found)) return std::nullopt;
  return found;
}

struct CompiledPath {
  bool key = false;
  bool fromRoot = false;
  std::vector<std::string> tokens;
};

class JsonRecord final : public Record {
 public:
  JsonRecord(const std::vector<CompiledPath>& paths, element root, element here, std::string key)
      : paths_(paths), root_(root), here_(here), key_(std::move(key)) {}

  Cell at(size_t path) const override {
    const CompiledPath& p = paths_[path];
    if (p.key) return key_.empty() ? Cell{} : Cell{Cell::Kind::Text, key_, 0, false};
    std::optional<element> at = p.fromRoot ? root_ : here_;
    for (const std::string& token : p.tokens)
      if (at) at = step(*at, token);
    return at ? cellOf(*at) : Cell{};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> all;
    object members;
    if (here_.get(members)) return all;
    for (const auto& member : members) all.push_back("/" + std::string(member.key));
    return all;
  }

 private:
  static Cell cellOf(const element& value) {
    if (value.is_null()) return {Cell::Kind::Null, {}, 0, false};
    Cell cell;
    if (!value.get(cell.flag)) cell.kind = Cell::Kind::Flag;
    else if (value.is_number() && !value.get(cell.number)) cell.kind = Cell::Kind::Number;
    else if (value.is_string()) cell.kind = Cell::Kind::Text;
    else cell.kind = Cell::Kind::Nested;
    cell.text = scalarText(value);
    return cell;
  }

  const std::vector<CompiledPath>& paths_;
  element root_, here_;
  std::string key_;
};

/// Goes down the tokens of `items`; '*' is every member. What is there is a list of records or one.
class Walk {
 public:
  Walk(const std::vector<CompiledPath>& paths, element root, std::vector<std::string> tokens, RecordSink& sink)
      : paths_(paths), root_(root), tokens_(std::move(tokens)), sink_(sink) {}

  void go(const element& at, size_t depth, const std::string& key) {
    if (depth == tokens_.size()) return arrive(at, key);
    if (tokens_[depth] != "*") {
      if (const auto next = step(at, tokens_[depth])) go(*next, depth + 1, key);
      return;
    }
    each(at, [&](const element& child, const std::string& name) { go(child, depth + 1, name); });
  }
  bool found = false;

 private:
  template <typename F>
  void each(const element& at, F&& visit) {
    array list;
    object members;
    if (!at.get(list)) {
      for (const element& child : list)
        if (more_) visit(child, std::string());
    } else if (!at.get(members)) {
      for (const auto& member : members)
        if (more_) visit(member.value, std::string(member.key));
    }
  }
  void arrive(const element& at, const std::string& key) {
    found = true;
    array list;
    if (at.get(list)) {
      more_ = more_ && sink_.record(JsonRecord(paths_, root_, at, key));
      return;
    }
    for (const element& child : list)
      if (more_) more_ = sink_.record(JsonRecord(paths_, root_, child, key));
  }

  const std::vector<CompiledPath>& paths_;
  element root_;
  const std::vector<std::string> tokens_;
  RecordSink& sink_;
  bool more_ = true;
};

}  // namespace

const char* readJsonRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink) {
  JsonTree tree;
  if (const char* why = tree.parse(bytes)) return why;
  std::vector<CompiledPath> paths;
  for (const std::string& path : mapping.paths) {
    const bool fromRoot = path.starts_with('^');
    paths.push_back({path == "$key", fromRoot, path == "$key" ? std::vector<std::string>{} : tokensOf(std::string_view(path).substr(fromRoot))});
  }
  Walk walk(paths, tree.root(), tokensOf(mapping.items), sink);
  walk.go(tree.root(), 0, {});
  return walk.found ? nullptr : reason::kNoItems;
}

}  // namespace feeds
