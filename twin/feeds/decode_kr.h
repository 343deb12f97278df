// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

// Decoders of Korean public services. Topics are kr/<service>/<call>[/<subject>]; the subject is what an
// answer that does not name itself is about (the station or stop that was asked for). Envelopes and error
// codes: kr_items.h. Times are Korean (+09:00). Fields after the services' guides at data.go.kr (number
// beside each), its.go.kr/opendata and t-data.seoul.go.kr.

/// kr/its/trafficInfo, eventInfo, cctvInfo: National Transport Information Center, its.go.kr/opendata.
/// trafficInfo has no geometry: "link/<linkId>" of kind road_link gets speed (km/h) and travel_time (s) by
/// the number of the standard node-link. eventInfo becomes incidents with a place, cctvInfo cameras.
Decoded decodeKrIts(const RawMessage& message, const DecodeContext& context);

/// kr/bis/getPos02/<routeId>, getRealtime02/<bsId>: Daegu BIS, apis.data.go.kr/6270000/dbmsapi02 (15097972);
/// kr/bis/getRouteAcctoBusLcList: national TAGO, 1613000/BusLcInfoInqireService (15098533).
Decoded decodeKrBis(const RawMessage& message, const DecodeContext& context);

/// kr/kma/getUltraSrtNcst, getUltraSrtFcst, getVilageFcst: KMA, 1360000/VilageFcstInfoService_2.0
/// (15084084). Values at or beyond +900 and -900 mean "missing" (guide, note to the code table). The nowcast
/// is "kma/<nx>-<ny>"; forecasts are "kma/<nx>-<ny>/+<h>h" for 1, 2, 3, 6, 12 and 24 hours ahead, marked as
/// predicted, with the hour they are for.
Decoded decodeKrWeather(const RawMessage& message, const DecodeContext& context);

/// kr/air/getMsrstnAcctoRltmMesureDnsty/<station>, getCtprvnRltmMesureDnsty: AirKorea,
/// B552584/ArpltnInforInqireSvc (15073861); kr/air/getMsrstnList: MsrstnInfoInqireSvc (15073877), where dmX
/// is the latitude. "-", "" and null are missing; a flag (통신장애, 점검및교정, 자료이상 ...) marks bad.
Decoded decodeKrAir(const RawMessage& message, const DecodeContext& context);

/// kr/sms/DSSP-IF-00247: emergency text messages, safetydata.go.kr.
Decoded decodeKrSms(const RawMessage& message, const DecodeContext& context);

/// kr/ev/getChargerInfo, getChargerStatus: B552584/EvCharger (15076352). stat: 1 communication fault,
/// 2 idle, 3 charging, 4 stopped, 5 maintenance, 9 unknown.
Decoded decodeKrEv(const RawMessage& message, const DecodeContext& context);

/// kr/signal/v2xSignalPhaseTimingInformation, v2xSignalPhaseInformation, v2xSignalPhaseTimingFusionInformation:
/// t-data.seoul.go.kr (10120, 10118) and centres that speak like it. Keys are direction {nt ne et se st sw wt
/// nw} + movement {Stsg Ltsg Pdsg Bssg Bcsg Utsg} + RmdrCs (tenths of a second; 36000, 36001, -1 and null:
/// unknown) or StatNm (SAE J2735 state). Group number = 8 * movement + direction + 1, in the orders given.
Decoded decodeKrSignal(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds
