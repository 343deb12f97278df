// SPDX-License-Identifier: Apache-2.0
// Internal to the readers of XML lists. Only included by .cpp files.
#pragma once

#include <pugixml.hpp>

#include <string_view>

namespace feeds {

/// Parses a document of at most 8 MiB, 400,000 elements and 64 levels. Document types are refused, and
/// with them every entity but the five of XML itself: nothing expands, nothing is fetched. The reason, or
/// null.
const char* parseXml(std::string_view bytes, pugi::xml_document& document);

/// The name without a namespace prefix.
std::string_view localName(const pugi::xml_node& node);
/// The first child element with a local name, or an empty node.
pugi::xml_node childNamed(const pugi::xml_node& parent, std::string_view name);

}  // namespace feeds
