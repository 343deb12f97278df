// SPDX-License-Identifier: Apache-2.0
#include "twin/plan/layer_stack.h"

#include <utility>

#include "engine/base/ensure.h"

namespace plan {

void LayerStack::remember() {
  undo_.push_back(layers_);
  redo_.clear();
  ++revision_;
}

size_t LayerStack::addLayer(std::string name) {
  remember();
  layers_.push_back({.name = std::move(name), .enabled = true, .edits = {}});
  return layers_.size() - 1;
}

void LayerStack::setEnabled(size_t layer, bool enabled) {
  ENSURE(layer < layers_.size());
  if (layers_[layer].enabled == enabled) return;
  remember();
  layers_[layer].enabled = enabled;
}

void LayerStack::addEdit(size_t layer, Edit edit) {
  ENSURE(layer < layers_.size());
  remember();
  layers_[layer].edits.push_back(std::move(edit));
}

void LayerStack::removeEdit(size_t layer, size_t edit) {
  ENSURE(layer < layers_.size() && edit < layers_[layer].edits.size());
  remember();
  layers_[layer].edits.erase(layers_[layer].edits.begin() + static_cast<std::ptrdiff_t>(edit));
}

void LayerStack::undo() {
  if (undo_.empty()) return;
  redo_.push_back(std::exchange(layers_, std::move(undo_.back())));
  undo_.pop_back();
  ++revision_;
}

void LayerStack::redo() {
  if (redo_.empty()) return;
  undo_.push_back(std::exchange(layers_, std::move(redo_.back())));
  redo_.pop_back();
  ++revision_;
}

}  // namespace plan
