// SPDX-License-Identifier: Apache-2.0
// Internal to the SensorThings decoders: what observations and entities share.
#pragma once

#include <functional>

#include "twin/feeds/json_in.h"

namespace feeds::sta {

/// A topic in parts. "v1.1/Things(5)/Locations" has no server, collection Things, id 5, sub Locations;
/// "sensorthings/frost/Datastreams" is of the server "frost".
struct Topic {
  std::string_view server;
  std::string_view collection;
  std::string_view id;   ///< "7" or "abc" of Things('abc'); empty: the whole collection
  std::string_view sub;  ///< "Observations" of "Datastreams(7)/Observations"
};
std::optional<Topic> parseTopic(std::string_view topic);

/// @iot.id (OGC 18-088 section 8.1: any type; here numbers and text), also "id" of older servers.
std::optional<std::string> idOf(const json::object& entity);

/// Whatever a body holds: one entity, an array, or a page {"value":[...]} (section 9.3.1).
base::Result<std::vector<json::object>> entitiesOf(std::string_view bytes);

/// The name of a thing that only the server knows: "frost/Things(5)".
std::string entityName(std::string_view server, std::string_view collection, std::string_view id);

/// One Observation of a known datastream into `seen` (section 8.2.8); the error is the reason, null is good.
const char* addObservation(const json::object& observation, const DatastreamRegistry::Target& target,
                           const RawMessage& message, const DecodeContext& context, model::Observations& seen);

/// Counts what a page's refused entities were refused for; the page is refused when nothing in it was good.
class Refusals {
 public:
  void note(const char* why) {
    if (why) why_.push_back(why);
    if (!why) ++good_;
  }
  Decoded settle(model::Observations&& seen) const;

 private:
  std::vector<const char*> why_;
  size_t good_ = 0;
};

}  // namespace feeds::sta
