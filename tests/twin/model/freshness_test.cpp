// SPDX-License-Identifier: Apache-2.0
#include "twin/model/freshness.h"

#include <gtest/gtest.h>

namespace {

constexpr int64_t kSecond = base::kNsPerSecond;

TEST(Freshness, FollowsTheRuleOfPeriods) {
  const auto at = [](double periods) {
    return model::freshnessOf(0, static_cast<int64_t>(periods * 10 * kSecond), 10, false);
  };
  EXPECT_EQ(at(2).health, model::Health::Good);
  EXPECT_EQ(at(2.01).health, model::Health::Stale);
  EXPECT_EQ(at(5).health, model::Health::Stale);
  EXPECT_EQ(at(5.01).health, model::Health::Dead);
  EXPECT_FALSE(at(10).leavesMap);
  EXPECT_TRUE(at(10.01).leavesMap);
  EXPECT_EQ(at(-3).ageSeconds, 0);
}

TEST(Freshness, BadIsForFreshValuesOnly) {
  EXPECT_EQ(model::freshnessOf(0, kSecond, 1, true).health, model::Health::Bad);
  EXPECT_EQ(model::freshnessOf(0, 3 * kSecond, 1, true).health, model::Health::Stale);
}

TEST(Freshness, WhatNeverReportsIsNeverStale) {
  const model::Freshness f = model::freshnessOf(0, 1000000 * kSecond, 0, false);
  EXPECT_EQ(f.health, model::Health::Good);
  EXPECT_EQ(f.packedAge(), 0u);
}

TEST(Freshness, AgePacksInSixteenthsAndSaturates) {
  EXPECT_EQ(model::freshnessOf(0, kSecond / 2, 1, false).packedAge(), 8u);
  EXPECT_EQ(model::freshnessOf(0, 2 * kSecond, 1, false).packedAge(), 32u);
  EXPECT_EQ(model::freshnessOf(0, 100 * kSecond, 1, false).packedAge(), 255u);
}

TEST(Freshness, OnlyMoversLeaveTheMap) {
  model::Entity entity;
  entity.info = std::make_shared<model::EntityInfo>();
  model::PropertyRow row;
  row.name = "fill";
  row.eventTime = kSecond;
  entity.properties.push_back(row);
  core::KindInfo kind;
  kind.period = 1;
  kind.mainProperty = "fill";
  EXPECT_FALSE(model::freshnessOf(entity, kind, 100 * kSecond).leavesMap);
  entity.moving = true;
  entity.latest.eventTime = 2 * kSecond;
  EXPECT_TRUE(model::freshnessOf(entity, kind, 100 * kSecond).leavesMap);
  EXPECT_EQ(model::freshnessOf(entity, kind, 3 * kSecond).ageSeconds, 1);
  entity.properties[0].bad = true;
  EXPECT_EQ(model::freshnessOf(entity, kind, 3 * kSecond).health, model::Health::Bad);
}

}  // namespace
