// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/city/landmark_space.h"

namespace city {

/// Draws a landmark within its footprint's box, its base on the lowest ground, none of it above its height.
using LandmarkForm = void (*)(LandmarkSpace& space);

/// The form of a landmark key of FORMAT.md; null for unknown keys.
LandmarkForm landmarkForm(std::string_view key);
/// Every key, sorted.
std::vector<std::string> landmarkKeys();

void drawLionsPark(LandmarkSpace& space);
void drawDaeguStadium(LandmarkSpace& space);
void drawArtMuseum(LandmarkSpace& space);
void drawKansongMuseum(LandmarkSpace& space);
void drawSmartCityCentre(LandmarkSpace& space);
void drawDip(LandmarkSpace& space);
void drawTechbiz(LandmarkSpace& space);
void drawTimevillas(LandmarkSpace& space);
void drawTimevillasParking(LandmarkSpace& space);
void drawTaewang(LandmarkSpace& space);
void drawCheongaram(LandmarkSpace& space);
void drawDonghwa(LandmarkSpace& space);
void drawMetroEntrance(LandmarkSpace& space);
void drawStadiumMall(LandmarkSpace& space);

}  // namespace city
