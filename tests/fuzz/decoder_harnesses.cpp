// SPDX-License-Identifier: Apache-2.0
// A decoder that reads several topics differently takes each input on all of them. The corpus fits the first.
#include "tests/fuzz/harness.h"

namespace fuzz {
namespace {

using Bytes = std::string_view;

constexpr Harness kDecoders[] = {
    {"telemetry", [](Bytes in) { decodeOn({"telemetry/shuttle/s-1"}, in); }},
    {"sensorthings", [](Bytes in) { decodeOn({"v1.1/Datastreams(7)/Observations", "v1.1/Observations"}, in); }},
    {"sensorthings_entities",
     [](Bytes in) {
       decodeOn({"sensorthings/s/Things", "v1.1/Datastreams", "v1.1/Things(1)/Locations", "v1.1/HistoricalLocations",
                 "v1.1/FeaturesOfInterest"},
                in);
     }},
    {"ngsi", [](Bytes in) { decodeOn({"ngsi/b"}, in); }},
    {"gtfs_rt", [](Bytes in) { decodeOn({"gtfs-rt/bus/vehicle_positions"}, in); }},
    {"j2735", [](Bytes in) { decodeOn({"j2735/x"}, in); }},
    {"etsi", [](Bytes in) { decodeOn({"etsi/x"}, in); }},
    {"cap", [](Bytes in) { decodeOn({"cap/x"}, in); }},
    {"datex", [](Bytes in) { decodeOn({"datex2/x"}, in); }},
    {"gbfs",
     [](Bytes in) { decodeOn({"gbfs/s/vehicle_status", "gbfs/s/station_information", "gbfs/s/station_status"}, in); }},
    {"mds",
     [](Bytes in) { decodeOn({"mds/p/vehicles_status", "mds/p/vehicles", "mds/p/events", "mds/p/telemetry", "mds/p/trips"}, in); }},
    {"spat", [](Bytes in) { decodeOn({"spat/sc-1"}, in); }},
    {"adas", [](Bytes in) { decodeOn({"fleet/tx-1/event"}, in); }},
    {"event", [](Bytes in) { decodeOn({"event/incident"}, in); }},
    {"online", [](Bytes in) { decodeOn({"online/gw"}, in); }},
    {"kr_kma", [](Bytes in) { decodeOn({"kr/kma/getUltraSrtNcst"}, in); }},
    {"kr_forecast", [](Bytes in) { decodeOn({"kr/kma/getVilageFcst"}, in); }},
    {"kr_air", [](Bytes in) { decodeOn({"kr/air/getCtprvnRltmMesureDnsty", "kr/air/getMsrstnAcctoRltmMesureDnsty/1"}, in); }},
    {"kr_stations", [](Bytes in) { decodeOn({"kr/air/getMsrstnList"}, in); }},
    {"kr_traffic", [](Bytes in) { decodeOn({"kr/its/trafficInfo"}, in); }},
    {"kr_incident", [](Bytes in) { decodeOn({"kr/its/eventInfo"}, in); }},
    {"kr_cctv", [](Bytes in) { decodeOn({"kr/its/cctvInfo"}, in); }},
    {"kr_bus", [](Bytes in) { decodeOn({"kr/bis/getPos02", "kr/bis/getRouteAcctoBusLcList"}, in); }},
    {"kr_stop", [](Bytes in) { decodeOn({"kr/bis/getRealtime02/1"}, in); }},
    {"kr_sms", [](Bytes in) { decodeOn({"kr/sms/x"}, in); }},
    {"kr_ev", [](Bytes in) { decodeOn({"kr/ev/getChargerInfo"}, in); }},
    {"kr_ev_status", [](Bytes in) { decodeOn({"kr/ev/getChargerStatus"}, in); }},
    {"kr_signal", [](Bytes in) { decodeOn({"kr/signal/v2xSignalPhaseTimingInformation"}, in); }},
    {"kr_phase", [](Bytes in) { decodeOn({"kr/signal/v2xSignalPhaseInformation"}, in); }},
};

}  // namespace

std::span<const Harness> decoders() { return kDecoders; }

}  // namespace fuzz
