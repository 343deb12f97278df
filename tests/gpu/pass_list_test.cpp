// SPDX-License-Identifier: Apache-2.0
#include "engine/render/pass_list.h"

#include <gtest/gtest.h>

namespace {

using render::PassList;
using render::Resource;
using render::ResourceSet;

class Named final : public render::Pass {
 public:
  Named(const char* name, ResourceSet reads, ResourceSet writes) : name_(name), reads_(reads), writes_(writes) {}
  const char* name() const override { return name_; }
  ResourceSet reads() const override { return reads_; }
  ResourceSet writes() const override { return writes_; }
  void record(render::PassContext&) override {}

 private:
  const char* name_;
  ResourceSet reads_;
  ResourceSet writes_;
};

TEST(PassList, RefusesAReadThatNobodyWrote) {
  PassList list({Resource::SceneData});
  EXPECT_TRUE(list.add(std::make_unique<Named>("opaque", ResourceSet{Resource::SceneData}, ResourceSet{Resource::Color})).ok());
  const base::Status s = list.add(std::make_unique<Named>("resolve", ResourceSet{Resource::Color, Resource::Ao}, ResourceSet{Resource::Target}));
  ASSERT_FALSE(s.ok());
  EXPECT_EQ(s.error(), "the pass resolve reads what no earlier pass writes: ambient occlusion");
  EXPECT_EQ(list.names(), std::vector<std::string>{"opaque"});
}

TEST(PassList, AcceptsAReadOnceItsWriterIsThere) {
  PassList list;
  EXPECT_FALSE(list.add(std::make_unique<Named>("late", ResourceSet{Resource::Color}, ResourceSet{})).ok());
  EXPECT_TRUE(list.add(std::make_unique<Named>("early", ResourceSet{}, ResourceSet{Resource::Color})).ok());
  EXPECT_TRUE(list.add(std::make_unique<Named>("late", ResourceSet{Resource::Color}, ResourceSet{})).ok());
}

TEST(PassList, PlacesABarrierForEachKindOfDependence) {
  const ResourceSet none;
  const ResourceSet color{Resource::Color};
  const ResourceSet depth{Resource::Depth};
  EXPECT_TRUE(PassList::needsBarrier(color, none, none, color)) << "read after write";
  EXPECT_TRUE(PassList::needsBarrier(none, color, none, color)) << "write after write";
  EXPECT_TRUE(PassList::needsBarrier(none, color, color, none)) << "write after read";
  EXPECT_FALSE(PassList::needsBarrier(color, none, color, none)) << "read after read";
  EXPECT_FALSE(PassList::needsBarrier(depth, depth, color, color)) << "strangers";
}

}  // namespace
