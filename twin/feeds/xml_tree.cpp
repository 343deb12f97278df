// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/xml_tree.h"

#include <algorithm>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/json_tree.h"

namespace feeds {
namespace {

constexpr size_t kMostElements = 400000;  // about 64 bytes each
constexpr int kDeepest = 64;

/// Counts tags before anything is allocated. Comments and CDATA may count too much, never too little.
const char* tooMuch(std::string_view bytes) {
  size_t elements = 0;
  int depth = 0;
  for (size_t at = bytes.find('<'); at != std::string_view::npos; at = bytes.find('<', at + 1)) {
    const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
    if (next == '!') {
      const std::string_view rest = bytes.substr(at);
      if (rest.starts_with("<!--")) {
        at = std::min(rest.find("-->"), rest.size() - 1) + at;
      } else if (rest.starts_with("<![CDATA[")) {
        at = std::min(rest.find("]]>"), rest.size() - 1) + at;
      } else {
        return reason::kXmlDtd;  // a document type, the home of entity bombs
      }
    } else if (next == '/') {
      --depth;
    } else if (next != '?') {
      if (++elements > kMostElements) return reason::kTooLarge;
      const size_t end = bytes.find('>', at);
      if (end == std::string_view::npos) return reason::kXml;
      if (bytes[end - 1] != '/' && ++depth > kDeepest) return reason::kXml;
    }
  }
  return nullptr;
}

}  // namespace

const char* parseXml(std::string_view bytes, pugi::xml_document& document) {
  if (bytes.size() > kTreeLimit) return reason::kTooLarge;
  if (const char* why = tooMuch(bytes)) return why;
  const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  return result && document.document_element() ? nullptr : reason::kXml;
}

std::string_view localName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node childNamed(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& child : parent.children())
    if (child.type() == pugi::node_element && localName(child) == name) return child;
  return {};
}

}  // namespace feeds
