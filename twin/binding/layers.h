// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twin/core/catalogue.h"
#include "twin/model/mirror.h"

namespace binding {

/// One switch of the layer panel. A layer gathers kinds (catalogue `layer`).
struct LayerRow {
  std::string name;           ///< "lights", "vehicles", ...
  core::BilingualText label;
  bool visible = true;
  size_t count = 0;           ///< things of it in the mirror
  size_t stale = 0;           ///< of them stale, dead or bad now
};

/// Names and labels of the layers that exist, in display order, switched as at the start: buses' routes
/// and what is buried are looked for.
std::vector<LayerRow> standardLayers();

/// Counts things by layer; 15,000 things cost about a millisecond, so call it once a second.
void countLayers(std::vector<LayerRow>& layers, const model::Mirror& mirror, const core::Catalogue& catalogue, base::UtcNs now);

}  // namespace binding
