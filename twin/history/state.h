// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <unordered_map>
#include <unordered_set>

#include "twin/history/journal.h"
#include "twin/history/names.h"

namespace history {

/// The things of the city pack, which every state begins with and no keyframe repeats.
class Pack {
 public:
  Pack() = default;
  explicit Pack(const std::vector<model::EntityInfo>& entities);
  const std::shared_ptr<const model::EntityInfo>* find(const std::string& id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? nullptr : &found->second;
  }
  const std::vector<std::shared_ptr<const model::EntityInfo>>& all() const { return all_; }

 private:
  std::vector<std::shared_ptr<const model::EntityInfo>> all_;
  std::unordered_map<std::string, std::shared_ptr<const model::EntityInfo>> byId_;
};

/// What things are, as read from keyframes before: most do not change from one to the next.
struct InfoCache {
  struct Entry {
    uint64_t hash = 0;
    std::shared_ptr<const model::EntityInfo> info;
  };
  std::unordered_map<NameId, Entry> entries;
};

/// The twin as the journal makes it, record by record. AsKnown follows model::EntityStore: what comes later
/// replaces. AsItWas goes by event time: records may come in any order, the newest event of each series wins, and
/// what is not newer than a thing's departure is void. Things of the pack appear once something was said of them.
/// The sources in its rows are numbers of table `source`.
class State final : public JournalVisitor {
 public:
  /// All given outlive the state; the cache may be null.
  State(const Pack& pack, const Names& names, TimeView view, InfoCache* cache = nullptr)
      : pack_(&pack), names_(&names), view_(view), cache_(cache) {}

  /// Records beyond these are passed over: received (AsKnown) or event time (AsItWas) in (after, until].
  void setWindow(base::UtcNs after, base::UtcNs until) {
    after_ = after;
    until_ = until;
  }
  /// From now on remembers which things changed and which events happened.
  void track() { tracking_ = true; }

  bool on(const MessageRecord& message) override;
  void on(const ValueRecord& value) override;
  void on(const PoseRecord& pose) override;
  void on(const DepartureRecord& departure) override;
  void on(const DescriptionRecord& description) override;
  void on(const EventRecord& event) override;

  const model::Entity* find(NameId id) const { return id < things_.size() && things_[id] ? &*things_[id] : nullptr; }
  /// In the order of names.
  template <typename F>
  void forEach(F&& f) const {
    for (NameId id = 1; id < things_.size(); ++id)
      if (things_[id]) f(id, *things_[id]);
  }
  size_t size() const { return size_; }
  uint64_t stateHash() const;  ///< as model::EntityStore::stateHash of the same, less untouched pack things

  std::unordered_set<NameId> takeChanged() { return std::exchange(changed_, {}); }
  std::vector<model::Event> takeEvents() { return std::exchange(events_, {}); }

  /// Everything, packed; readable by any later program with the same names.
  std::string pack() const;
  size_t packedRawBytes() const { return rawBytes_; }
  /// Replaces everything by what pack() wrote.
  base::Status unpack(std::string_view packed);

 private:
  model::Entity& obtain(NameId id, NameId kind, model::Provenance provenance);
  void setInfo(NameId id, model::Entity& entity, model::EntityInfo info);
  void remove(NameId id);
  void changed(NameId id) {
    if (tracking_) changed_.insert(id);
  }
  bool inWindow(base::UtcNs event) const {
    return view_ == TimeView::AsKnown || (event > after_ && event <= until_);
  }
  bool departedBefore(NameId id, base::UtcNs event) const;
  void addPose(NameId id, NameId kind, const model::Pose& pose);
  void depart(NameId id, base::UtcNs event);
  void forgetDepartures(base::UtcNs now);
  void readThing(ByteReader& in, base::UtcNs near);
  std::shared_ptr<const model::EntityInfo> readInfo(NameId id, NameId kind, uint8_t flags, std::string_view bytes);
  model::PropertyRow readRow(ByteReader& in, base::UtcNs near) const;

  const Pack* pack_;
  const Names* names_;
  TimeView view_;
  InfoCache* cache_;
  base::UtcNs after_ = INT64_MIN, until_ = INT64_MAX;
  MessageRecord message_;
  std::vector<std::unique_ptr<model::Entity>> things_;  // by name
  size_t size_ = 0;
  std::unordered_map<NameId, base::UtcNs> departed_;  // of the last while
  base::UtcNs newestDeparture_ = 0;
  // AsKnown: what is newer by event time than the row that replaced it (two sources, one series).
  std::map<std::pair<NameId, std::string>, model::PropertyRow> overtaken_;
  std::map<NameId, model::Pose> overtakenPoses_;
  bool tracking_ = false;
  std::unordered_set<NameId> changed_;
  std::vector<model::Event> events_;
  mutable size_t rawBytes_ = 0;
};

}  // namespace history
