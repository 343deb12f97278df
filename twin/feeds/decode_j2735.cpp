// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_j2735.h"

#include <algorithm>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/intersection_registry.h"
#include "twin/feeds/j2735_parts.h"

namespace feeds {
namespace j2735 {
namespace {

struct BodyName {
  std::string_view folded;
  Kind kind;
};
constexpr BodyName kBodies[] = {{"basicsafetymessage", Kind::Bsm},  {"spat", Kind::Spat},
                                {"mapdata", Kind::Map},             {"travelerinformation", Kind::Tim},
                                {"personalsafetymessage", Kind::Psm}};

/// What a body without a name is, by the members that only it has.
std::optional<Kind> kindByMembers(const DocNode& body) {
  if (body.child("coredata")) return Kind::Bsm;
  if (body.child("basictype")) return Kind::Psm;
  if (body.child("dataframes")) return Kind::Tim;
  if (body.child("intersectionstatelist")) return Kind::Spat;
  if (const DocNode* list = body.child("intersections")) {
    for (const DocNode* item : list->elements()) {
      if (item->child("states")) return Kind::Spat;
      if (item->child("refpoint")) return Kind::Map;
    }
  }
  return body.child("layertype") ? std::optional(Kind::Map) : std::nullopt;
}

}  // namespace

base::Result<Message> unwrap(const DocNode& root, base::UtcNs received) {
  Message message;
  message.reference = received;
  if (const DocNode* metadata = root.child("metadata")) {
    const auto generated = timeOf(metadata->child("recordgeneratedat"));
    const auto heard = timeOf(metadata->child("odereceivedat"));
    message.reference = generated.value_or(heard.value_or(received));
  }
  for (const auto& [name, kind] : kBodies) {
    const DocNode* body = root.name == name ? &root : root.find(name);
    if (!body || body->children.empty()) continue;
    message.kind = kind;
    message.body = body;
    return message;
  }
  const DocNode* data = root.at("payload/data");
  message.body = data ? data : &root;
  const auto kind = kindByMembers(*message.body);
  if (!kind) return base::Error{reason::kNotSupported};
  message.kind = *kind;
  return message;
}

bool bit(const DocNode* bits, size_t index, std::string_view foldedName) {
  if (!bits) return false;
  if (bits->children.empty()) return bits->text.size() > index && bits->text[index] == '1';
  const DocNode* named = bits->child(foldedName);
  return named && named->text == "true";
}

Intersection intersectionOf(const DocNode& holder, const DecodeContext& context) {
  const DocNode* reference = holder.child("id");
  if (!reference) return {};
  const auto id = integerOf(reference->children.empty() ? reference : reference->child("id"));
  if (!id || *id < 0 || *id > 65'535) return {};
  const int64_t region = integerOf(reference->child("region")).value_or(0);
  if (context.intersections) {
    if (const std::string* controller = context.intersections->find(region, *id)) return {*controller, true};
  }
  const std::string prefix = region == 0 ? "intersection-" : "intersection-" + std::to_string(region) + '-';
  return {prefix + std::to_string(*id), false};
}

}  // namespace j2735

Decoded decodeJ2735(const RawMessage& message, const DecodeContext& context) {
  const auto document = parseDocument(message.bytes, Names::Folded);
  if (!document) return base::Error{document.error()};
  const auto found = j2735::unwrap(*document, message.received);
  if (!found) return base::Error{found.error()};
  j2735::Reader reader{*found, context, {}, {}};
  constexpr const char* (*kReaders[])(j2735::Reader&) = {j2735::readBsm, j2735::readSpat, j2735::readMap,
                                                         j2735::readTim, j2735::readPsm};
  if (const char* why = kReaders[static_cast<size_t>(found->kind)](reader)) return base::Error{why};
  Decoded decoded(std::move(reader.seen));
  decoded.warnings = std::move(reader.flags);
  return decoded;
}

}  // namespace feeds
