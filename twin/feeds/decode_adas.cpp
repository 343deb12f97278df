// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_adas.h"

#include <array>

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

struct Warning {
  std::string_view type;
  int severity;
};
// Collision warnings weigh more than lane, headway and sign warnings; the device's own state least.
constexpr std::array<Warning, 13> kWarnings{{{"FCW", 2},
                                             {"UFCW", 2},
                                             {"PCW", 2},
                                             {"PDZ", 2},
                                             {"LDW", 1},
                                             {"LLDW", 1},
                                             {"RLDW", 1},
                                             {"HMW", 1},
                                             {"SLI", 0},
                                             {"TSR", 0},
                                             {"TAMPER", 1},
                                             {"FAILSAFE", 1},
                                             {"MAINTENANCE", 0}}};
constexpr std::array<std::string_view, 8> kDetails{"speedKmh",  "headingDeg",    "headwayS", "ttcS",
                                                   "leadDistM", "speedLimitKmh", "light",    "wiper"};

const Warning* warningOf(std::string_view type) {
  for (const Warning& warning : kWarnings)
    if (warning.type == type) return &warning;
  return nullptr;
}

}  // namespace

Decoded decodeAdas(const RawMessage& message, const DecodeContext& context) {
  const auto root = json::parseObject(message.bytes);
  if (!root) return base::Error{root.error()};
  const auto ts = json::member(*root, "ts"), veh = json::member(*root, "veh"),
             type = json::member(*root, "type");
  if (!ts || !veh || !type) return base::Error{reason::kMissingField};
  const auto time = json::time(*ts);
  if (!time) return base::Error{reason::kTime};
  const auto vehicle = json::text(*veh), name = json::text(*type);
  const Warning* warning = name ? warningOf(*name) : nullptr;
  if (!vehicle || !warning) return base::Error{reason::kWrongType};
  if (!validId(*vehicle) || *vehicle != topicLevel(message.topic, 1)) return base::Error{reason::kTopic};
  const auto place = json::place(*root, context.frame);
  if (!place) return base::Error{place.error()};

  model::EventObservation event;
  event.id = std::string(*vehicle) + '/' + std::string(*name) + '/' + std::to_string(*time / base::kNsPerMs);
  event.type = "adas." + std::string(*name);
  event.entity = *vehicle;
  event.position = place->position;
  event.eventTime = *time;
  event.severity = warning->severity;
  for (const std::string_view key : kDetails)
    if (const auto value = json::member(*root, key)) event.details.emplace_back(key, json::asText(*value));
  event.provenance = json::provenance(*root, context);
  model::Observations seen;
  seen.events.push_back(std::move(event));
  return seen;
}

}  // namespace feeds
