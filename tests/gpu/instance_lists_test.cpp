// SPDX-License-Identifier: Apache-2.0
#include "engine/render/instance_lists.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/base/hash.h"

namespace {

/// The lists against a plain count over the store.
void expectSame(const render::InstanceLists& lists, const scene::InstanceStore& store) {
  std::vector<std::set<uint32_t>> standing(lists.models().size()), moving(lists.models().size());
  store.rows().forEach([&](scene::InstanceId id, const scene::InstanceRow& row) {
    const bool moves = store.model(row.model)->moves;
    if (moves) moving[row.model.slot].insert(id.slot);
    else if (!(row.gpu.state & gpu_types::kStateHidden)) standing[row.model.slot].insert(id.slot);
  });
  for (size_t m = 0; m < lists.models().size(); ++m) {
    const render::ModelInstances& list = lists.models()[m];
    EXPECT_TRUE(std::is_sorted(list.moving.begin(), list.moving.end()));
    EXPECT_EQ(std::set<uint32_t>(list.moving.begin(), list.moving.end()), moving[m]);
    EXPECT_EQ(list.moving.size(), moving[m].size());
    EXPECT_EQ(std::set<uint32_t>(list.standing.begin(), list.standing.end()), standing[m]);
    EXPECT_EQ(list.standing.size(), standing[m].size());
    uint32_t next = 0;
    for (const render::InstanceCell& cell : list.cells) {
      EXPECT_EQ(cell.first, next);
      next += cell.count;
      for (uint32_t i = cell.first; i < next; ++i) {
        const glm::vec3 p = store.find(store.rows().handleAt(list.standing[i]))->position1;
        EXPECT_TRUE(glm::all(glm::lessThanEqual(cell.bounds.low, p)) && glm::all(glm::lessThanEqual(p, cell.bounds.high)));
      }
    }
    EXPECT_EQ(next, list.standing.size());
  }
}

TEST(InstanceLists, FollowARandomLifeOfTheStore) {
  scene::InstanceStore store;
  const scene::ModelId models[] = {store.addModel({.name = "tree"}), store.addModel({.name = "car", .moves = true}),
                                   store.addModel({.name = "bus", .moves = true})};
  render::InstanceLists lists;
  base::Random random(4);
  std::vector<scene::InstanceId> live;
  for (int step = 0; step < 400; ++step) {
    const int changes = static_cast<int>(random.uniform() * 6);
    for (int i = 0; i < changes; ++i) {
      const double what = random.uniform();
      const auto any = [&] { return static_cast<size_t>(random.uniform() * static_cast<double>(live.size())); };
      if (live.empty() || what < 0.5) {
        const glm::vec3 at(static_cast<float>(random.uniform(-900, 900)), static_cast<float>(random.uniform(-900, 900)), 3.f);
        live.push_back(store.add(models[step % 3], scene::standing(at, 0, 1, 1, 0, 0)));
      } else if (what < 0.8) {
        const size_t at = any();
        store.remove(live[at]);
        live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
      } else {
        store.setState(live[any()], random.uniform() < 0.5 ? gpu_types::kStateHidden : 0u, 0);
      }
    }
    const std::vector<base::ChangeSet::Range> changed = store.takeChanges();
    lists.update(store, changed);
    if (step % 7 == 0) expectSame(lists, store);
  }
  expectSame(lists, store);
}

}  // namespace
