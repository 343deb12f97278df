// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/static_store.h"

namespace scene {

uint32_t StaticStore::addObject(gpu_types::Object object) {
  const auto index = static_cast<uint32_t>(objects_.size());
  objects_.push_back(object);
  changes_.mark(index);
  return index;
}

void StaticStore::setObject(uint32_t index, gpu_types::Object object) {
  gpu_types::Object& old = objects_.at(index);
  if (old.state == object.state && old.color == object.color) return;
  if ((old.state ^ object.state) & gpu_types::kStateHidden) ++hiddenRevision_;
  old = object;
  changes_.mark(index);
}

}  // namespace scene
