# SPDX-License-Identifier: Apache-2.0
"""The TOML files of the pack."""

CITY = '''# Suseong Alpha City, Daegu. Written by tools/make_city_pack.py; edit there.
[city]
name_ko = "수성알파시티"
name_en = "Suseong Alpha City"
crs = "EPSG:5187"
origin_e = 171991.6
origin_n = 359947.5
elevation0 = 0.0
timezone = "Asia/Seoul"
utc_offset_minutes = 540
box = [128.6720, 35.8270, 128.7010, 35.8460]
about_ko = "대구 수성구의 스마트시티 실증단지(수성의료지구, 1.2278 km²). 지형·도로·건물은 공개된 사실로 재구성한 것이며 측량 성과가 아닙니다."
about_en = "Daegu's smart-city test bed in Suseong-gu (1.2278 km2). Ground, streets and buildings are reconstructed from public facts; none of it is a survey."
kma_grid = [90, 90]
admin_dong = "2726068000"

# The metro station was called Daegongwon until it was renamed; the exact date is not confirmed here (M).
[[rename]]
entity = "metro_suseong_alphacity"
property = "name_ko"
until = 2023-06-30
value = "대공원역"

[[rename]]
entity = "metro_suseong_alphacity"
property = "name_en"
until = 2023-06-30
value = "Daegongwon Station"

[[rename]]
entity = "stop_station_1"
property = "name_ko"
until = 2023-06-30
value = "대공원역(1번출구)"

[[rename]]
entity = "stop_station_1"
property = "name_en"
until = 2023-06-30
value = "Daegongwon Station (Exit 1)"

[[rename]]
entity = "stop_station_5"
property = "name_ko"
until = 2023-06-30
value = "대공원역(5번출구)"

[[rename]]
entity = "stop_station_5"
property = "name_en"
until = 2023-06-30
value = "Daegongwon Station (Exit 5)"
'''

SOURCES = '''# Where each feature comes from: the `source` property of a feature names one of these.
[reconstruction]
title = "Alpha City Twin reconstruction"
licence = "CC-BY-4.0"
url = ""
note_ko = "공개된 사실(정류장·역·주요 건물의 위치와 이름, 도로의 이름과 차로 수, 지구 면적과 토지이용 비율)을 바탕으로 이 프로젝트가 다시 그린 것입니다. 측량이나 공부가 아닙니다. 생성기는 Apache-2.0입니다."
note_en = "Drawn by this project from public facts (places and names of stops, station and landmarks, street names and lane counts, areas and land-use shares). Not a survey, not a register. The generator is Apache-2.0."

[simulation]
title = "Simulated equipment and services"
licence = "CC-BY-4.0"
url = ""
note_ko = "장치의 수와 위치는 공개되지 않아 추정한 것입니다(모의). 확인된 서비스만 이름을 씁니다."
note_en = "Numbers and places of devices are not public; they are estimates (simulated). Only confirmed services carry their names."

[relief]
title = "300 m relief of Daegu (about 2019), rounded"
licence = "reference only"
url = ""
note_ko = "대구 빅데이터 300 m 격자 평균 표고를 1 m로 반올림해 보정에 썼고 그 사이는 재구성입니다."
note_en = "300 m cell means rounded to a metre, used as calibration; everything between is reconstructed."
'''

DEMAND = '''# Traffic demand by hour. basis: "S60" calibrated to the Daegu big-data mart of about 2019-20 (rounded),
# "M" from memory of published figures, "E" estimate. None of it is a live measurement: label it "모의 / simulated".

[profiles.daegu]      # share of the day per hour 0..23, percent
basis = "S60"
share = [1.6, 1.2, 0.9, 0.9, 1.1, 1.8, 3.5, 6.0, 6.7, 6.0, 5.8, 5.5, 5.1, 5.4, 5.6, 5.8, 6.0, 6.6, 6.4, 5.2, 4.2, 3.7, 2.9, 2.1]

[profiles.alpha]
basis = "E"
share = [0.5, 0.3, 0.2, 0.2, 0.3, 0.8, 2.4, 7.0, 11.5, 7.2, 4.6, 4.4, 6.0, 5.6, 4.4, 4.2, 4.6, 7.4, 11.0, 6.4, 4.0, 3.2, 2.4, 1.4]

[profiles.taxi]
basis = "S60"
share = [6.6, 5.3, 4.2, 2.9, 2.3, 1.7, 1.6, 2.2, 3.5, 3.5, 3.1, 2.8, 2.9, 3.1, 3.2, 3.3, 3.6, 4.4, 5.5, 6.0, 6.4, 6.8, 7.2, 7.9]

[profiles.metro]
basis = "S60"
share = [0, 0, 0, 0, 0, 0.8, 2.3, 4.8, 7.9, 5.6, 4.6, 5.1, 5.5, 6.2, 6.0, 6.7, 6.6, 7.8, 9.9, 6.1, 4.1, 3.7, 3.9, 2.3]

[day]                 # factors on the daily volume
basis = "M"
friday = 1.04
saturday = 0.93
sunday = 0.85

# daily: vehicles per day, both directions together; mix: car, bus, truck in percent; speed_free in km/h.
'''

DEMAND_ROADS = [
    ("dalgubeol", "달구벌대로", "Dalgubeol-daero", 54000, "daegu", (85, 6, 9), 56, "S60"),
    ("exp", "신대구부산고속도로", "Sindaegu-Busan Expressway", 26000, "daegu", (80, 2, 18), 95, "S60"),
    ("universiade", "유니버시아드로", "Universiade-ro", 30000, "daegu", (81, 2, 17), 60, "S60"),
    ("beoman", "범안로", "Beoman-ro", 38000, "daegu", (84, 3, 13), 62, "M"),
    ("worldcup", "월드컵로", "World Cup-ro", 21000, "daegu", (87, 3, 10), 48, "S60"),
    ("loop", "알파시티1로", "Alphacity 1-ro", 9000, "alpha", (88, 2, 10), 40, "E"),
    ("spine", "알파시티2로", "Alphacity 2-ro", 5000, "alpha", (89, 1, 10), 40, "E"),
    ("museum", "미술관로", "Misulgwan-ro", 12000, "daegu", (88, 3, 9), 48, "E"),
    ("nobyeon", "노변로", "Nobyeon-ro", 14000, "daegu", (88, 3, 9), 45, "E"),
    ("worldcupdae", "월드컵대로", "World Cup-daero", 7000, "daegu", (90, 2, 8), 48, "E"),
    ("g_main", "고산로", "Gosan-ro", 9000, "daegu", (90, 2, 8), 38, "E"),
    ("n_far", "고산로", "Gosan-ro", 8000, "daegu", (90, 2, 8), 38, "E"),
    ("n_ns", "시지로", "Siji-ro", 6000, "daegu", (92, 1, 7), 30, "E"),
    ("y_ns", "연호로", "Yeonho-ro", 7000, "daegu", (90, 2, 8), 38, "E"),
    ("ramp", "수성IC 연결로", "Suseong IC ramp", 6000, "daegu", (82, 2, 16), 40, "E"),
]

DEMAND_TAIL = '''
[fleet]
basis = "E"
taxi_share_of_cars = 0.06
electric_share_of_cars = 0.10
emergency_per_hour = 0.3

[taxi]                # taxis with a driver-assistance camera
basis = "E"
fleet_city = 500
fitted_in_scene = 4.0          # mean number at once
pickups_per_day = 182          # S60, January 2020, scene box
km_per_day = 200

[taxi.events_per_1000km]       # low, high
basis = "E"
HMW = [60, 120]
LDW = [10, 25]
UFCW = [6, 12]
FCW = [1, 3]
PCW = [1, 3]
SLI = [35, 45]
ldw_min_speed = 55
night_rain_factor_pcw = [1.5, 2.0]

[match_day]
basis = "E"
venue = "lions_park"
seats = 24000
attendance = 16000
starts = { weekday = "18:30", saturday = "17:00", sunday = "14:00" }
duration_minutes = 190
arrive_from_minutes = -150
arrive_to_minutes = 30
exit_share_in_45_minutes = 0.70
mode = { metro = 0.40, bus = 0.15, car = 0.40, walk = 0.05 }
persons_per_car = 2.4

[shuttle]
basis = "E"
route = "alpha-shuttle"
vehicles = 2
headway_minutes = 10
cycle_minutes = 20
dwell_seconds = [30, 60]
speed_kmh = 14.5
speed_max_kmh = 25
accel = 0.8
decel = 1.2
capacity = 15
takeover_per_loop = [0.2, 1.0]
battery_kwh = 33
consumption_kwh_per_hour = [1.5, 2.5]
hours = ["09:30", "17:30"]

[signals]
basis = "M"
cycle_arterial = 150
cycle_inside = 100
yellow = 3
all_red = 2
pedestrian_base = 7
pedestrian_per_metre = 1.0

[parking.office]      # occupancy percent at hours
basis = "E"
hours = [0, 6, 8, 9, 10, 12, 14, 16, 18, 20, 24]
percent = [15, 15, 45, 80, 92, 84, 90, 90, 60, 25, 15]

[parking.apartment]
basis = "E"
hours = [0, 6, 9, 14, 19, 22, 24]
percent = [95, 95, 55, 50, 80, 93, 95]

[parking.mall]
basis = "E"
hours = [0, 10, 11, 15, 18, 21, 24]
percent = [2, 5, 35, 80, 85, 30, 2]

[parking.venue]
basis = "E"
hours = [0, 24]
percent = [5, 5]
'''

# id, ko, en, x, y, height, distance, heading (camera looks towards), pitch, fov, time
VIEWS = [
    ("overview", "전경", "Overview", -110, -60, 0, 1560, 8, -13.5, 32, ""),
    ("loop", "셔틀 순환로", "Shuttle loop", -330, 10, 0, 1050, 332, -27, 31, ""),
    ("station", "수성알파시티역", "Suseong Alpha City Station", -835, 655, 6, 430, 112, -17, 34, ""),
    ("lionspark", "라이온즈파크", "Lions Park", -752, 480, 8, 640, 20, -20, 30, ""),
    ("stadium", "대구스타디움", "Daegu Stadium", 58, -690, 14, 1050, 168, -18, 30, ""),
    ("techhub", "SW·ICT 혁신거점", "SW and ICT hub", -430, -200, 12, 430, 40, -22, 34, ""),
    ("street", "알파시티1로 거리", "Alphacity 1-ro street", -300, -263, 2.2, 46, 275.5, -3, 50, "18:10"),
    ("night", "알파시티의 밤", "Alpha City at night", -290, 20, 10, 1250, 345, -18, 32, "20:30"),
    ("interchange", "수성IC", "Suseong IC", 168, 0, 5, 760, 340, -24, 32, ""),
    ("residential", "청아람·동화아이위시", "Cheongaram and Donghwa IWish", 520, 20, 25, 820, 300, -21, 32, ""),
    ("timevillas", "타임빌라스 수성", "Timevillas Suseong", 535, -330, 10, 720, 28, -24, 32, ""),
    ("museums", "대구미술관·간송미술관", "Daegu and Kansong Art Museums", -1410, -940, 8, 480, 200, -20, 32, ""),
    ("dusk", "해 질 녘", "Dusk", -380, 70, 10, 1600, 50, -14, 30, "17:35"),
    ("planning", "도시계획", "Planning", -240, 10, 0, 2300, 0, -62, 28, "13:00"),
]
