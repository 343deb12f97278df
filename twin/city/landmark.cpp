// SPDX-License-Identifier: Apache-2.0
#include "twin/city/landmark.h"

#include <map>

namespace city {
namespace {

const std::map<std::string, LandmarkForm, std::less<>>& forms() {
  static const std::map<std::string, LandmarkForm, std::less<>> kForms{
      {"lions_park", drawLionsPark},
      {"daegu_stadium", drawDaeguStadium},
      {"art_museum", drawArtMuseum},
      {"kansong_museum", drawKansongMuseum},
      {"smart_city_centre", drawSmartCityCentre},
      {"dip", drawDip},
      {"techbiz", drawTechbiz},
      {"timevillas", drawTimevillas},
      {"timevillas_parking", drawTimevillasParking},
      {"taewang", drawTaewang},
      {"cheongaram", drawCheongaram},
      {"donghwa", drawDonghwa},
      {"metro_entrance", drawMetroEntrance},
      {"stadium_mall", drawStadiumMall},
  };
  return kForms;
}

}  // namespace

LandmarkForm landmarkForm(std::string_view key) {
  const auto found = forms().find(key);
  return found == forms().end() ? nullptr : found->second;
}

std::vector<std::string> landmarkKeys() {
  std::vector<std::string> keys;
  for (const auto& [key, form] : forms()) keys.push_back(key);
  return keys;
}

}  // namespace city
