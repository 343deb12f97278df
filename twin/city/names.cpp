// SPDX-License-Identifier: Apache-2.0
#include "twin/city/names.h"

#include <cstdio>

namespace city {

core::BilingualText nameAt(const City& city, std::string_view entity, core::BilingualText today, const core::LocalTime& date) {
  char iso[32];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", date.year, date.month, date.day);
  // ISO dates compare as text. The earliest "until" after the date wins.
  const Rename* korean = nullptr;
  const Rename* english = nullptr;
  for (const Rename& rename : city.data.renames) {
    if (rename.entity != entity || rename.until <= iso) continue;
    const Rename*& best = rename.property == "name_en" ? english : korean;
    if (best == nullptr || rename.until < best->until) best = &rename;
  }
  if (korean) today.ko = korean->value;
  if (english) today.en = english->value;
  return today;
}

}  // namespace city
