// SPDX-License-Identifier: Apache-2.0
#include "twin/plan/resolve.h"

#include <gtest/gtest.h>

namespace {

model::Mirror mirrorWithOneBuilding() {
  auto info = std::make_shared<model::EntityInfo>();
  info->id = "bldg-1";
  info->kind = "building";
  model::ChangeBatch batch;
  batch.revision = 1;
  batch.rows.push_back({{0, 1}, {.info = info}, model::kAdded});
  model::Mirror mirror;
  EXPECT_TRUE(mirror.apply(batch));
  return mirror;
}

TEST(Resolve, EmptyPlanIsIdentity) {
  const model::Mirror mirror = mirrorWithOneBuilding();
  plan::Resolver resolver;
  const plan::Resolved& resolved = resolver.resolve(mirror, {}, {});
  EXPECT_TRUE(resolved.hidden.empty());
  EXPECT_TRUE(resolved.added.empty());
  EXPECT_FALSE(resolved.planChanged);
  EXPECT_EQ(resolved.hash(), mirror.stateHash());
}

TEST(Resolve, EditsTakeEffectOnceAndTogglingTwiceRestoresTheHash) {
  const model::Mirror mirror = mirrorWithOneBuilding();
  plan::LayerStack stack;
  const size_t layer = stack.addLayer("option A");
  stack.addEdit(layer, plan::HideEntity{"bldg-1"});
  stack.addEdit(layer, plan::AddBox{.id = "plan-1", .centre = {10, 20}, .size = {30, 15}, .height = 42, .heading = 0.1});

  plan::Resolver resolver;
  const uint64_t edited = resolver.resolve(mirror, {}, stack).hash();
  EXPECT_NE(edited, mirror.stateHash());
  EXPECT_FALSE(resolver.resolve(mirror, {}, stack).planChanged);

  stack.setEnabled(layer, false);
  EXPECT_EQ(resolver.resolve(mirror, {}, stack).hash(), mirror.stateHash());
  stack.setEnabled(layer, true);
  const plan::Resolved& again = resolver.resolve(mirror, {}, stack);
  EXPECT_TRUE(again.planChanged);
  EXPECT_EQ(again.hash(), edited);
}

TEST(Resolve, AHigherLayerTakesAProposalBack) {
  const model::Mirror mirror = mirrorWithOneBuilding();
  plan::LayerStack stack;
  stack.addEdit(stack.addLayer("low"), plan::AddBox{.id = "plan-1"});
  stack.addEdit(stack.addLayer("high"), plan::HideEntity{"plan-1"});
  plan::Resolver resolver;
  const plan::Resolved& resolved = resolver.resolve(mirror, {}, stack);
  EXPECT_TRUE(resolved.added.empty());
  EXPECT_TRUE(resolved.hidden.empty());
}

TEST(LayerStack, UndoAndRedoWalkThroughEveryState) {
  plan::LayerStack stack;
  const size_t layer = stack.addLayer("A");
  stack.addEdit(layer, plan::HideEntity{"x"});
  stack.removeEdit(layer, 0);
  EXPECT_TRUE(stack.layers()[0].edits.empty());
  stack.undo();
  EXPECT_EQ(stack.layers()[0].edits.size(), 1u);
  stack.undo();
  stack.undo();
  EXPECT_TRUE(stack.layers().empty());
  EXPECT_FALSE(stack.canUndo());
  stack.redo();
  stack.redo();
  stack.redo();
  EXPECT_TRUE(stack.layers()[0].edits.empty());
  EXPECT_FALSE(stack.canRedo());
}

}  // namespace
