// SPDX-License-Identifier: Apache-2.0
#include "engine/render/pass_list.h"

#include "engine/gpu/barrier.h"

namespace render {
namespace {

constexpr const char* kResourceNames[] = {"scene data", "shadow maps", "ground field", "colour", "pick ids",
                                          "depth", "ambient occlusion", "bloom", "target", "pick result"};

std::string namesOf(uint32_t bits) {
  std::string text;
  for (uint32_t i = 0; i < std::size(kResourceNames); ++i)
    if (bits & (1u << i)) text += (text.empty() ? "" : ", ") + std::string(kResourceNames[i]);
  return text;
}

}  // namespace

base::Status PassList::add(std::unique_ptr<Pass> pass) {
  const uint32_t absent = pass->reads().bits & ~written_;
  if (absent != 0)
    return base::Error{"the pass " + std::string(pass->name()) + " reads what no earlier pass writes: " + namesOf(absent)};
  written_ |= pass->writes().bits;
  passes_.push_back(std::move(pass));
  return base::okStatus();
}

bool PassList::needsBarrier(ResourceSet reads, ResourceSet writes, ResourceSet pendingReads, ResourceSet pendingWrites) {
  return ((reads.bits | writes.bits) & pendingWrites.bits) != 0 || (writes.bits & pendingReads.bits) != 0;
}

void PassList::record(PassContext& context) {
  ResourceSet pendingReads;
  ResourceSet pendingWrites;
  Scope open = Scope::None;
  // Timestamps inside a rendering scope say little where pixels are drawn tile by tile at its end.
  const bool timeInside = context.device.type() != VK_PHYSICAL_DEVICE_TYPE_CPU;
  for (const std::unique_ptr<Pass>& pass : passes_) {
    if (!pass->wanted(context)) continue;
    const bool inside = open != Scope::None && pass->scope() == open;
    if (open != Scope::None && !inside) {
      main_->end(context);
      if (!timeInside) context.frame.timers.stop(context.commands);
      open = Scope::None;
    }
    if (!inside && needsBarrier(pass->reads(), pass->writes(), pendingReads, pendingWrites)) {
      gpu::fullBarrier(context.commands);
      pendingReads = pendingWrites = {};
    }
    pendingReads.bits |= pass->reads().bits;
    pendingWrites.bits |= pass->writes().bits;
    if (pass->scope() != Scope::None && !inside) {
      if (context.still.used() && context.part == Part::Whole) recordStill(context);
      if (!timeInside) context.frame.timers.start(context.commands, "main");
      main_->begin(context);
      open = pass->scope();
    }
    const bool timed = open == Scope::None || timeInside;
    if (timed) context.frame.timers.start(context.commands, pass->name());
    recordOne(context, *pass);
    if (timed) context.frame.timers.stop(context.commands);
  }
  if (open != Scope::None) {
    main_->end(context);
    if (!timeInside) context.frame.timers.stop(context.commands);
  }
}

/// What is still goes first, into its layer; what follows in the main scope is live.
void PassList::recordStill(PassContext& context) {
  context.part = Part::Live;
  if (context.still.share() == 0) return;
  context.frame.timers.start(context.commands, "still");
  context.part = Part::Still;
  still_->begin(context);
  for (const std::unique_ptr<Pass>& pass : passes_)
    if (pass->drawsStill() && pass->wanted(context)) recordOne(context, *pass);
  still_->end(context);
  context.part = Part::Live;
  context.frame.timers.stop(context.commands);
}

void PassList::recordOne(PassContext& context, Pass& pass) {
  context.device.beginLabel(context.commands, pass.name());
  pass.record(context);
  context.device.endLabel(context.commands);
}

std::vector<std::string> PassList::names() const {
  std::vector<std::string> result;
  for (const std::unique_ptr<Pass>& p : passes_) result.push_back(p->name());
  return result;
}

}  // namespace render
