// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace feeds {

/// What a SensorThings Datastream means here: which property of which thing. Filled from the city pack's
/// `datastreams` (server ""), and by what servers tell of their datastreams while the program runs.
/// A handle: copies share their content. Safe for any number of readers while others add; what find()
/// returns stays valid as long as one of the handles.
///
/// Each addition has a number. A message carries the number of additions at its arrival
/// (RawMessage::knowledge) and sees no later ones, so that one decoder and eight, live and replay agree.
class DatastreamRegistry {
 public:
  struct Target {
    std::string entity;
    std::string property;
    std::string kind;  ///< may be empty: keep what is known
    std::string unit;  ///< may be empty: the catalogue's
    bool operator==(const Target&) const = default;
  };
  static constexpr uint64_t kEverything = std::numeric_limits<uint64_t>::max();

  DatastreamRegistry() : state_(std::make_shared<State>()) {}

  /// From the pack. False when the number is already taken by something else; the first stays.
  bool add(int64_t datastream, Target target);
  /// From a server's own words; newer words about the same datastream count from here on (at most eight
  /// times), except about one that the pack defines. When another datastream already has that property of
  /// that thing, the property gets the datastream's number as a suffix. False when nothing was added.
  bool learn(std::string_view server, std::string_view datastream, Target target);

  const Target* find(int64_t datastream) const { return find("", std::to_string(datastream)); }
  /// Without a server: the pack's, else the one of the only server that has told of this number.
  const Target* find(std::string_view server, std::string_view datastream, uint64_t asOf = kEverything) const;

  /// A registry of its own with the same content, and the way back to it, for seeking in time. Nobody may hold
  /// what find() returned while become() is called.
  DatastreamRegistry clone() const;
  void become(const DatastreamRegistry& other);

  uint64_t additions() const;
  size_t size() const;

 private:
  struct Entry {
    uint64_t number;
    std::string server;
    Target target;
  };
  struct State {
    mutable std::shared_mutex mutex;
    std::unordered_map<std::string, std::list<Entry>> entries;  // by datastream; list nodes never move
    std::unordered_map<std::string, std::string> owners;  // thing and property -> server and datastream
    std::atomic<uint64_t> additions{0};
  };
  std::shared_ptr<State> state_;
};

}  // namespace feeds
