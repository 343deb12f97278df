// SPDX-License-Identifier: Apache-2.0
// The laws of publishing: whatever happens to the store, a reader of its batches, merged in any way, ends
// with the same state; and observations of different things may arrive in any order.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "twin/model/entity_store.h"
#include "twin/model/mirror.h"

namespace {

struct Step {
  int action;  // 0 property, 1 pose, 2 departure, 3 define, 4 remove, 5 event
  int entity;
  int property;
  double number;
};

rc::Gen<std::vector<Step>> steps() {
  return rc::gen::container<std::vector<Step>>(rc::gen::build<Step>(
      rc::gen::set(&Step::action, rc::gen::inRange(0, 6)),
      rc::gen::set(&Step::entity, rc::gen::inRange(0, 6)),
      rc::gen::set(&Step::property, rc::gen::inRange(0, 3)),
      rc::gen::set(&Step::number, rc::gen::map(rc::gen::inRange(-50, 50), [](int i) { return i / 4.0; }))));
}

std::string idOf(int entity) {
  return "e" + std::to_string(entity);
}

void perform(model::EntityStore& store, const Step& step, base::UtcNs time) {
  model::Observations seen;
  switch (step.action) {
    case 0: {
      model::PropertyObservation p;
      p.entity = idOf(step.entity);
      p.kind = "air_station";
      p.property = "p" + std::to_string(step.property);
      p.value = step.number;
      p.eventTime = time;
      seen.properties.push_back(p);
      break;
    }
    case 1: {
      model::PoseObservation p;
      p.entity = idOf(step.entity);
      p.kind = "car";
      p.position = {step.number, 2, 3};
      p.eventTime = time;
      seen.poses.push_back(p);
      break;
    }
    case 2:
      seen.departures.push_back({idOf(step.entity), time});
      break;
    case 3: {
      model::EntityInfo info;
      info.id = idOf(step.entity);
      info.kind = "lamp" + std::to_string(step.property);
      info.fromPack = step.property == 0;
      store.define(std::move(info));
      return;
    }
    case 4:
      store.remove(idOf(step.entity));
      return;
    default: {
      model::EventObservation e;
      e.id = "event";
      e.eventTime = time;
      seen.events.push_back(e);
    }
  }
  store.apply(seen, 1, time + 5);
}

RC_GTEST_PROP(Laws, MirrorOfMergedBatchesEqualsTheStore, ()) {
  const std::vector<Step> all = *steps();
  model::EntityStore store;
  model::Mirror every, merged;
  model::ChangeBatch pending;
  base::UtcNs time = 1000;
  for (const Step& step : all) {
    perform(store, step, ++time);
    if (*rc::gen::inRange(0, 3) == 0) {
      const model::ChangeBatch batch = store.takeChanges();
      RC_ASSERT(every.apply(batch));
      pending.merge(batch);
      RC_ASSERT(every.stateHash() == store.stateHash());
      if (*rc::gen::inRange(0, 3) == 0) {
        RC_ASSERT(merged.apply(pending));
        RC_ASSERT(merged.stateHash() == store.stateHash());
        const uint64_t revision = pending.revision;
        pending = {};
        pending.firstRevision = pending.revision = revision;
      }
    }
  }
  const model::ChangeBatch last = store.takeChanges();
  pending.merge(last);
  RC_ASSERT(every.apply(last));
  RC_ASSERT(merged.apply(pending));
  for (const model::Mirror* mirror : {&every, &merged}) {
    RC_ASSERT(mirror->stateHash() == store.stateHash());
    RC_ASSERT(mirror->size() == store.size());
    RC_ASSERT(mirror->revision() == store.revision());
    for (int e = 0; e < 6; ++e) RC_ASSERT(mirror->handleOf(idOf(e)) == store.handleOf(idOf(e)));
  }
  RC_ASSERT(every.events().size() == merged.events().size());
}

RC_GTEST_PROP(Laws, KeyframeEqualsReplay, ()) {
  const std::vector<Step> all = *steps();
  const size_t cut = *rc::gen::inRange<size_t>(0, all.size() + 1);
  model::EntityStore store;
  model::Mirror late;
  base::UtcNs time = 1000;
  for (size_t i = 0; i < cut; ++i) perform(store, all[i], ++time);
  (void)store.takeChanges();
  RC_ASSERT(late.apply(store.keyframe()));
  RC_ASSERT(late.stateHash() == store.stateHash());
  for (size_t i = cut; i < all.size(); ++i) perform(store, all[i], ++time);
  RC_ASSERT(late.apply(store.takeChanges()));
  RC_ASSERT(late.stateHash() == store.stateHash());
}

RC_GTEST_PROP(Laws, IndependentObservationsCommute, ()) {
  std::vector<Step> all = *steps();
  // One step per (entity, property) or pose: nothing depends on anything else.
  std::erase_if(all, [](const Step& s) { return s.action > 1; });
  std::stable_sort(all.begin(), all.end(), [](const Step& a, const Step& b) {
    return std::tie(a.entity, a.action, a.property) < std::tie(b.entity, b.action, b.property);
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const Step& a, const Step& b) {
                          return a.entity == b.entity && a.action == b.action &&
                                 (a.action == 1 || a.property == b.property);
                        }),
            all.end());
  for (Step& s : all) s.entity = s.action * 10 + s.entity;  // a kind of its own each
  model::EntityStore forward, backward;
  for (const Step& s : all) perform(forward, s, 77);
  for (auto s = all.rbegin(); s != all.rend(); ++s) perform(backward, *s, 77);
  RC_ASSERT(forward.stateHash() == backward.stateHash());
}

}  // namespace
