// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

constexpr std::array<std::string_view, 8> kDirections{"nt", "ne", "et", "se", "st", "sw", "wt", "nw"};
constexpr std::array<std::string_view, 6> kMovements{"Stsg", "Ltsg", "Pdsg", "Bssg", "Bcsg", "Utsg"};
constexpr double kUnknownFrom = 36000;  // tenths of a second; 36000 "an hour or more", 36001 unknown

/// 8 * movement + direction + 1, or 0 when the name is none of these.
int groupOf(std::string_view name) {
  for (size_t d = 0; d < kDirections.size(); ++d)
    for (size_t m = 0; m < kMovements.size(); ++m)
      if (name.size() > 6 && name.substr(0, 2) == kDirections[d] && name.substr(2, 4) == kMovements[m]) return static_cast<int>(8 * m + d + 1);
  return 0;
}

/// t-data writes the states of SAE J2735 with other capitals ("protected-Movement-Allowed").
std::string stateOf(std::string_view text) {
  constexpr std::string_view kStates[]{"unavailable", "dark", "stop-Then-Proceed", "stop-And-Remain", "pre-Movement",
                                       "permissive-Movement-Allowed", "protected-Movement-Allowed", "permissive-clearance",
                                       "protected-clearance", "caution-Conflicting-Traffic"};
  const auto low = [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); };
  for (const std::string_view state : kStates) {
    bool same = state.size() == text.size();
    for (size_t i = 0; same && i < state.size(); ++i) same = low(state[i]) == low(text[i]);
    if (same) return std::string(state);
  }
  return {};
}

void field(const model::PropertyObservation& like, std::string_view name, std::string_view text, Answer& answer) {
  const int group = groupOf(name);
  if (group == 0) return;
  const std::string_view what = name.substr(6);
  model::PropertyObservation p = like;
  if (what == "RmdrCs") {
    p.property = "remain_" + std::to_string(group);
    p.unit = "s";
    const auto tenths = kr::numberOf(text);
    if (!tenths) return answer.flag(reason::kNumber);
    if (*tenths >= 0 && *tenths < kUnknownFrom) p.value = *tenths / 10;  // else unknown: no value
  } else if (what == "StatNm") {
    p.property = "group_" + std::to_string(group);
    const std::string state = stateOf(text);
    if (state.empty()) return answer.flag(reason::kWrongType);
    p.value = state;
  } else {
    return;
  }
  answer.seen.properties.push_back(std::move(p));
}

}  // namespace

Decoded decodeKrSignal(const RawMessage& message, const DecodeContext& context) {
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  Answer answer{context, message.received - message.shift, {}, {}};
  for (const Item& item : *items) {
    const std::string crossing(item.text("itstId"));
    const auto sent = item.number("trsmUtcTime");  // milliseconds since 1970
    if (!validId(crossing)) {
      answer.flag(reason::kMissingField);
      continue;
    }
    if (!sent || !(*sent > 0 && *sent < 7.2e12)) {
      answer.flag(reason::kTime);
      continue;
    }
    const auto like = kr::about("crossing/" + crossing, "signal_controller", static_cast<base::UtcNs>(*sent) * base::kNsPerMs, context.provenance);
    for (const auto& [name, text] : item.fields()) field(like, name, text, answer);
  }
  return std::move(answer).result();
}

}  // namespace feeds
