// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders of Korean public services.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace feeds::kr {

/// One row of an answer: names and texts as written. Null and "" are the same: absent.
class Item {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// Without blanks around it; empty when absent. Names are compared without regard to case: the same
  /// service writes xPos in JSON and xpos in XML.
  std::string_view text(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// The rows of an answer of data.go.kr, its.go.kr, safetydata.go.kr or t-data.seoul.go.kr, JSON or XML:
///   response.header.resultCode, response.body.items.item[]   (data.go.kr, "Open API guide", common part)
///   header.resultCode, body.items[] or body[]                (its.go.kr, Daegu BIS, safetydata.go.kr)
///   resultCode, items.item[]                                 (EvCharger)
///   a bare array, or data[]                                  (t-data)
/// `item` may be one object instead of a list, and "" for none. A row with a list of objects inside
/// (arrList of getRealtime02) is one row per object there, each with the outer row's fields.
///
/// The gateway answers errors as <OpenAPI_ServiceResponse> in XML even when JSON was asked, with status
/// 200; its returnReasonCode and every resultCode become reasons: 22 quota_exceeded, 30 key_unregistered,
/// 31 key_expired, 32 address_unregistered, 20 access_denied, 10 and 11 bad_parameter, others
/// service_error. 03 (no data) is an answer without rows: a service in its off hours is not broken.
base::Result<std::vector<Item>> readItems(std::string_view bytes);

/// A number that fills the whole text; NaN and infinity are none.
std::optional<double> numberOf(std::string_view text);

}  // namespace feeds::kr
