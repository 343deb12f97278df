// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/flatten.h"

#include <algorithm>

namespace feeds {
namespace {

constexpr size_t kMostValues = 512;
constexpr int kMostLevels = 12;
constexpr size_t kLongestText = 4096;

bool isScalar(const json::element& value) {
  return !value.is_object() && !value.is_array();
}

std::string joined(const std::string& name, std::string_view key) {
  return name.empty() ? std::string(key) : name + "." + std::string(key);
}

struct Flattener {
  NamedValues& into;
  size_t first = 0;
  bool complete = true;

  void add(const std::string& name, model::Value value) {
    if (into.size() - first >= kMostValues || !validId(name)) {
      complete = false;
      return;
    }
    into.emplace_back(name, std::move(value));
  }
  void list(const simdjson::dom::array& items, const std::string& name, int level) {
    const bool plain = std::all_of(items.begin(), items.end(), [](const json::element& e) { return isScalar(e); });
    if (plain) {
      std::string text;
      for (const json::element item : items) {
        if (text.size() > kLongestText) {
          complete = false;
          break;
        }
        if (!text.empty()) text += ", ";
        text += json::asText(item);
      }
      return add(name, std::move(text));
    }
    size_t index = 0;
    for (const json::element item : items) walk(item, joined(name, std::to_string(index++)), level + 1);
  }
  void walk(const json::element& value, const std::string& name, int level) {
    if (level > kMostLevels || into.size() - first >= kMostValues) {
      complete = false;
      return;
    }
    json::object members;
    simdjson::dom::array items;
    if (!value.get(members)) {
      for (const auto& [key, inner] : members) walk(inner, joined(name, key), level + 1);
    } else if (!value.get(items)) {
      list(items, name, level);
    } else if (auto scalar = json::scalar(value)) {
      add(name, *std::move(scalar));
    } else {
      complete = false;  // a number beyond reason
    }
  }
};

}  // namespace

bool flatten(const json::element& value, const std::string& name, NamedValues& into) {
  Flattener flattener{into, into.size()};
  flattener.walk(value, name, 0);
  return flattener.complete;
}

}  // namespace feeds
