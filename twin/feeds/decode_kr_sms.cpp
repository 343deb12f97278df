// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

/// EMRG_STEP_NM: 위급재난 (gravest), 긴급재난, 안전안내.
int severityOf(std::string_view step) {
  if (step.starts_with("위급")) return 3;
  return step.starts_with("긴급") ? 2 : 1;
}

}  // namespace

Decoded decodeKrSms(const RawMessage& message, const DecodeContext& context) {
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  kr::Answer answer{context, message.received - message.shift, {}, {}};
  for (const kr::Item& item : *items) {
    const std::string serial(item.text("SN"));
    const std::string_view text = item.text("MSG_CN");
    auto when = kr::timeOf(item.text("CRT_DT"), "%Y/%m/%d %H:%M:%S");
    if (!when) when = kr::timeOf(item.text("CRT_DT"), "iso");
    if (!validId(serial) || text.empty() || !when) {
      answer.flag(when ? reason::kMissingField : reason::kTime);
      continue;
    }
    model::EventObservation event;
    event.id = "sms/" + serial;
    event.type = "emergency_sms";
    event.eventTime = *when;
    event.severity = severityOf(item.text("EMRG_STEP_NM"));
    event.provenance = context.provenance;
    event.details.emplace_back("message", std::string(text));
    for (const auto& [field, name] : {std::pair{"RCPTN_RGN_NM", "region"}, {"EMRG_STEP_NM", "step"}, {"DST_SE_NM", "disaster"}})
      if (const auto value = item.text(field); !value.empty()) event.details.emplace_back(name, std::string(value));
    answer.seen.events.push_back(std::move(event));
  }
  return std::move(answer).result();
}

}  // namespace feeds
