// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/import/mesh_build.h"
#include "twin/city/building.h"

namespace city {

/// Draws an office, laboratory or hotel on a plain rectangular footprint as one of a few forms, chosen by
/// its seed: stepped with a terrace, banded with sun shades, a slab with a solid core, or glass set in a
/// frame. False, with nothing drawn, when the building is not of that sort or falls to the plain prism.
bool addOfficeForm(importing::MeshBuilder& mesh, const Building& building);

}  // namespace city
