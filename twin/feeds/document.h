// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace feeds {

/// One element of a document, whichever way it is written: formats that exist as XML and as JSON (SAE J2735
/// as XER and ODE JSON, DATEX II, CAP) are read by the same code.
///   XML   an element; its name without prefix; attributes are children named "@name"
///   JSON  a member of an object; elements of an array have no name; null is absent
struct DocNode {
  std::string name;
  std::string text;  ///< trimmed; empty for objects
  std::vector<DocNode> children;

  /// The first child of that name, or null.
  const DocNode* child(std::string_view wanted) const;
  /// Follows names separated by '/'; null when one is missing.
  const DocNode* at(std::string_view path) const;
  /// The first descendant of that name, breadth first, or null.
  const DocNode* find(std::string_view wanted) const;
  /// All descendants of that name, in document order; does not look inside those it found.
  std::vector<const DocNode*> all(std::string_view wanted) const;
  /// What an array or an ASN.1 SEQUENCE OF holds: JSON elements, also behind one wrapping member
  /// ("states":{"movementList":[...]}), or XER child elements.
  std::vector<const DocNode*> elements() const;
  /// The text; for XER's enumerations (<state><dark/></state>) the name of the empty element.
  std::string_view value() const;
  std::string_view valueAt(std::string_view path) const;  ///< empty when missing
};

/// How the names of a document are kept.
enum class Names : uint8_t {
  AsWritten,
  Folded  ///< lower case without '-' and '_': "node-XY6" and "nodeXY6" become "nodexy6"
};

/// Parses XML (starts with '<') or JSON. At most 64 levels and 400,000 nodes; UTF-8 only; a document type
/// declaration is refused, so no entity is ever expanded. The error is a reason of decode_reason.h.
base::Result<DocNode> parseDocument(std::string_view bytes, Names names = Names::AsWritten);

std::string foldName(std::string_view name);

/// A finite number, or nothing for absent, empty and other text.
std::optional<double> numberOf(const DocNode* node);
/// A whole number written without fraction.
std::optional<int64_t> integerOf(const DocNode* node);
/// ISO 8601 with zone, 1970..2200.
std::optional<base::UtcNs> timeOf(const DocNode* node);

}  // namespace feeds
