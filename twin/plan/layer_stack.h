// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twin/plan/edit.h"

namespace plan {

/// One scenario: edits in the order in which they were made.
struct Layer {
  std::string name;
  bool enabled = true;
  std::vector<Edit> edits;
};

/// Scenarios on top of the city as it is; later layers win. Every change raises the revision and can
/// be undone.
class LayerStack {
 public:
  const std::vector<Layer>& layers() const { return layers_; }
  uint64_t revision() const { return revision_; }

  /// Returns the index of the new layer.
  size_t addLayer(std::string name);
  void setEnabled(size_t layer, bool enabled);
  void addEdit(size_t layer, Edit edit);
  void removeEdit(size_t layer, size_t edit);

  bool canUndo() const { return !undo_.empty(); }
  bool canRedo() const { return !redo_.empty(); }
  void undo();
  void redo();

 private:
  void remember();

  std::vector<Layer> layers_;
  std::vector<std::vector<Layer>> undo_;
  std::vector<std::vector<Layer>> redo_;
  uint64_t revision_ = 0;
};

}  // namespace plan
