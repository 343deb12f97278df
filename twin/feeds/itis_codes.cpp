// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/itis_codes.h"

#include <algorithm>
#include <array>
#include <string>

namespace feeds {
namespace {

struct Phrase {
  int code;
  const char* ko;
  const char* en;
};

// Ascending by code.
constexpr Phrase kPhrases[] = {
    {268, "제한속도", "speed limit"},
    {513, "교통사고", "accident"},
    {514, "대형 사고", "serious accident"},
    {515, "인명 사고", "injury accident"},
    {516, "경미한 사고", "minor accident"},
    {517, "다중 추돌", "multi-vehicle accident"},
    {519, "자전거 사고", "accident involving a bicycle"},
    {520, "버스 사고", "accident involving a bus"},
    {521, "이륜차 사고", "accident involving a motorcycle"},
    {522, "보행자 사고", "accident involving a pedestrian"},
    {524, "화물차 사고", "accident involving a truck"},
    {527, "응급 환자", "medical emergency"},
    {531, "돌발 상황", "incident"},
    {532, "멈춘 차량", "stalled vehicle"},
    {533, "방치 차량", "abandoned vehicle"},
    {534, "고장 차량", "disabled vehicle"},
    {540, "차량 화재", "vehicle on fire"},
    {554, "전복 차량", "overturned vehicle"},
    {638, "사고 처리 완료", "accident cleared"},
    {639, "돌발 상황 해소", "incident cleared"},
    {769, "통행 금지", "closed to traffic"},
    {770, "폐쇄", "closed"},
    {771, "전방 폐쇄", "closed ahead"},
    {775, "막힘", "blocked"},
    {776, "전방 막힘", "blocked ahead"},
    {777, "한 차로로 줄어듦", "reduced to one lane"},
    {778, "두 차로로 줄어듦", "reduced to two lanes"},
    {891, "통행 재개", "open to traffic"},
    {892, "개방", "open"},
    {893, "통행 다시 개방", "reopened to traffic"},
    {895, "도로에서 치움", "cleared from road"},
    {1025, "도로 공사", "road construction"},
    {1028, "공사 작업", "construction work"},
    {1036, "도로 보수", "road maintenance operations"},
    {1151, "도로 작업 종료", "road work cleared"},
    {1281, "도로 장애물", "obstruction on roadway"},
    {1282, "도로 위 물체", "object on roadway"},
    {1284, "낙하물", "debris on roadway"},
    {1286, "도로 위 사람", "people on roadway"},
    {1290, "도로 위 동물", "animal on roadway"},
    {1300, "포트홀", "pothole"},
    {1301, "침수", "flooding"},
    {1407, "장애물 제거", "obstruction cleared"},
    {1793, "역주행 차량", "vehicle traveling wrong way"},
    {1794, "난폭 운전", "reckless driver"},
    {1796, "긴급차량 운행", "emergency vehicles on roadway"},
    {2313, "신호등 고장", "traffic lights not working"},
    {2430, "신호등 복구", "traffic signals repaired"},
    {2564, "속도 제한", "speed restriction"},
    {2571, "통과 교통 금지", "no through traffic"},
    {2574, "높이 제한", "height limit"},
    {4868, "눈", "snow"},
    {4884, "폭우", "heavy rain"},
    {4885, "비", "rain"},
    {5377, "짙은 안개", "dense fog"},
    {5378, "안개", "fog"},
    {5895, "젖은 노면", "wet pavement"},
    {5908, "블랙 아이스", "black ice"},
    {5916, "도로 적설", "snow on roadway"},
    {6913, "위험 요소", "risk"},
    {6914, "주시", "watch"},
    {6915, "경고", "warning"},
    {6916, "경보", "alert"},
    {6917, "위험", "danger"},
    {6922, "사고 위험 증가", "increased risk of accident"},
    {6924, "경찰 현장 출동", "police at scene"},
    {7034, "경고 해제", "warning canceled"},
    {7038, "해소됨", "cleared"},
    {7169, "조심 운전", "drive carefully"},
    {7170, "극히 조심 운전", "drive with extreme caution"},
    {7171, "조심해서 접근", "approach with care"},
    {7172, "거리 유지", "keep your distance"},
    {7186, "정지 준비", "prepare to stop"},
    {7188, "다음 안전한 곳에 정차", "stop at next safe place"},
    {7433, "추월 금지", "no passing"},
    {7438, "긴급차량에 양보", "allow emergency vehicles to pass"},
    {7443, "감속", "reduce your speed"},
    {7444, "제한속도 준수", "observe speed limits"},
    {7450, "차로 유지", "stay in lane"},
    {7937, "교량 위", "on bridges"},
    {7938, "터널 안", "in tunnels"},
    {7941, "공사 구간", "in road construction area"},
    {7951, "도로 위", "on the roadway"},
    {7998, "북쪽", "north"},
    {7999, "남쪽", "south"},
    {8000, "동쪽", "east"},
    {8001, "서쪽", "west"},
    {8027, "갓길", "shoulder"},
    {8031, "버스 정류장", "bus stop"},
    {8032, "교차로", "intersection"},
    {8720, "mph", "mph"},
    {13569, "전방", "ahead"},
    {13579, "오른쪽", "right"},
    {13580, "왼쪽", "left"},
    {13585, "횡단", "crossing"},
    {13586, "횡단보도", "crosswalks"},
};
static_assert(std::is_sorted(std::begin(kPhrases), std::end(kPhrases),
                             [](const Phrase& a, const Phrase& b) { return a.code < b.code; }));

}  // namespace

core::BilingualText itisText(int64_t code) {
  const auto found =
      std::lower_bound(std::begin(kPhrases), std::end(kPhrases), code,
                       [](const Phrase& phrase, int64_t wanted) { return phrase.code < wanted; });
  if (found != std::end(kPhrases) && found->code == code) return {found->ko, found->en};
  std::string text = code >= 12544 && code <= 12799 ? std::to_string(code - 12544) : "ITIS " + std::to_string(code);
  return {text, text};
}

}  // namespace feeds
