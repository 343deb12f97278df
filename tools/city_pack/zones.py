# SPDX-License-Identifier: Apache-2.0
"""Land use drawn by hand: which rule fills which part of the plan (local metres, first match wins)."""
from dataclasses import dataclass

from shapely.geometry import MultiPolygon, Polygon, box

from .curves import catmull_rom
from .plan import grid_point

DISTRICT_AREA = 1_227_790.0
SHARES = {"industry": 0.147, "residential": 0.144, "commercial": 0.081}   # public land is the rest, 0.628

ZONING = {  # Daegu ordinance ceilings: (FAR %, BCR %)
    "제1종일반주거지역": (200, 60), "제2종일반주거지역": (220, 60), "제3종일반주거지역": (250, 50), "준주거지역": (400, 60),
    "일반상업지역": (1000, 70), "근린상업지역": (800, 70), "유통상업지역": (900, 70), "준공업지역": (400, 70),
    "자연녹지지역": (100, 20), "생산녹지지역": (100, 20), "보전녹지지역": (80, 20),
}
LANDUSE_ZONING = {"industry": "준공업지역", "residential": "제3종일반주거지역", "commercial": "일반상업지역",
                  "public": "제2종일반주거지역", "green": "자연녹지지역"}

# Approximate outline; the west side is shifted by `district()` until the official area is met.
_OUTLINE = [(0, -372), (0, 300), (-600, 345), (-520, 452), (-415, 500), (-330, 536), (-120, 560), (60, 566), (222, 540),
            (242, 500), (330, 366), (462, 206), (598, 20), (730, -170), (782, -335), (795, -525), (480, -478),
            (124, -434), (-200, -401), (-447, -372), (-620, -371)]


def district():
    lo, hi = -1100.0, -620.0
    for _ in range(60):
        west = (lo + hi) / 2
        p = Polygon([(west, y) if x == 0 else (x, y) for x, y in _OUTLINE])
        lo, hi = (west, hi) if p.area > DISTRICT_AREA else (lo, west)
    return p


@dataclass
class Zone:
    key: str
    rule: str
    shape: object
    ko: str = ""
    en: str = ""
    arg: dict = None


def uv(u0, v0, u1, v1):
    return Polygon([grid_point(u0, v0), grid_point(u1, v0), grid_point(u1, v1), grid_point(u0, v1)])


def _c(col, row, **_):
    us, vs = (-0.02, 0.25, 0.5, 0.75, 1.02), (-0.03, 0.235, 0.462, 0.745, 1.02)
    return uv(us[col - 1], vs[row - 1], us[col], vs[row])


def zones():
    z = []

    def add(key, rule, shape, ko="", en="", **arg):
        z.append(Zone(key, rule, shape, ko, en, arg))

    P = Polygon
    # --- landmarks and special ground
    add("lions", "lions", P([(-960, 720), (-945, 480), (-900, 395), (-800, 345), (-590, 365), (-585, 610), (-760, 650)]),
        "대구삼성라이온즈파크", "Daegu Samsung Lions Park")
    add("stadium", "stadium", P([(-262, -400), (-250, -560), (-225, -700), (-180, -810), (-100, -905), (30, -950), (180, -925),
                                 (290, -835), (330, -720), (322, -600), (338, -460)]), "대구스타디움", "Daegu Stadium")
    add("museums", "museums", P([(-1600, -1040), (-1290, -1040), (-1290, -800), (-1335, -800), (-1342, -888), (-1425, -912), (-1530, -885), (-1600, -900)]),
        "대구미술관·간송미술관", "Daegu Art Museum and Kansong Art Museum")
    add("oehwandeul", "carpark", P([(-1550, -765), (-1335, -765), (-1345, -885), (-1425, -912), (-1525, -885)]), "외환들공영주차장", "Oehwandeul public car park", spaces=643)
    add("athletics", "athletics", P([(-1105, -780), (-870, -760), (-885, -905), (-985, -955), (-1095, -925)]), "육상진흥센터", "Athletics Promotion Centre")
    add("timevillas", "timevillas", P([(395, -160), (692, -155), (702, -535), (392, -490)]), "타임빌라스 수성", "Timevillas Suseong")
    add("ic", "icgreen", P([(55, 330), (50, 0), (60, -292), (230, -330), (262, -300), (300, -300), (300, 8), (296, 120), (212, 226), (205, 330)]), "수성IC 녹지", "Suseong IC green")
    add("nobyeon_p", "carpark", P([(548, 470), (598, 476), (606, 520), (556, 514)]), "노변공영주차장", "Nobyeon public car park", spaces=64)
    # --- the district: grid blocks (column, row from the south)
    add("linear", "park", uv(0.435, -0.03, 0.485, 0.462), "알파선형공원", "Alpha Linear Park")
    add("linear2", "park", uv(0.435, 0.745, 0.485, 1.02), "알파선형공원", "Alpha Linear Park")
    add("alphapark", "park", _c(2, 3), "알파시티중앙공원", "Alphacity Central Park", plaza=True)
    add("techbiz", "techbiz", uv(-0.03, -0.03, 0.115, 0.235), "SW융합테크비즈센터", "SW Convergence Tech-Biz Centre")
    add("c11", "tech", _c(1, 1)); add("c21", "tech", _c(2, 1)); add("c31", "tech", _c(3, 1))
    add("c41", "park", uv(0.89, -0.03, 1.02, 0.235), "남측근린공원", "South Neighbourhood Park")
    add("c41w", "tech", _c(4, 1))
    add("c12", "tech", _c(1, 2)); add("c22", "tech", _c(2, 2)); add("c32", "tech", _c(3, 2)); add("c42", "tech", _c(4, 2))
    add("c13", "tech", _c(1, 3)); add("c33", "tech", _c(3, 3)); add("c43", "tech", _c(4, 3))
    add("c14", "shops", uv(-0.02, 0.745, 0.25, 0.89), landuse="commercial", zoning="일반상업지역", f0=4, f1=8, target=800)
    add("c14n", "shops", _c(1, 4), landuse="public", zoning="준주거지역", f0=3, f1=5, target=620)
    add("c24", "shops", _c(2, 4), landuse="residential", zoning="준주거지역", f0=4, f1=6, target=760)
    add("c34", "tech", _c(3, 4))
    add("taewang", "taewang", uv(0.745, 0.745, 0.865, 1.02), "태왕알파시티수성", "Taewang Alphacity Suseong")
    add("hotel", "hotel", uv(0.865, 0.745, 1.02, 1.02), "호텔 (대흥동 842)", "Hotel (Daeheung-dong 842)")
    # west strip
    add("dip", "dip", P([(-720, -260), (-600, -260), (-600, -120), (-720, -120)]), "대구디지털혁신진흥원(DIP)", "Daegu Digital Innovation Agency (DIP)")
    add("w1", "tech", P([(-600, -270), (-530, -270), (-530, -120), (-600, -120)]))
    add("w2", "park", P([(-720, -120), (-520, -130), (-520, 12), (-720, 12)]), "서측근린공원", "West Neighbourhood Park")
    add("w3", "civic", P([(-720, 12), (-510, 8), (-480, 138), (-720, 142)]), "공공업무단지", "Public office campus", names=(("공공업무동 A", "Public office A", 5), ("공공업무동 B", "Public office B", 7), ("공공업무동 C", "Public office C", 4)))
    add("databank", "databank", P([(-600, 190), (-440, 190), (-440, 290), (-600, 290)]), "데이터뱅크", "Databank")
    add("w4p", "garage", P([(-720, 205), (-600, 205), (-600, 295), (-720, 295)]), "알파시티 공영주차타워", "Alphacity public car-park tower")
    add("w4", "tech", P([(-720, 142), (-480, 138), (-440, 295), (-720, 295)]))
    # south strip
    add("s0", "school", P([(-820, -250), (-655, -230), (-662, -380), (-820, -360)]), "알파시티어린이교육센터", "Alphacity Children's Learning Centre")
    add("s1", "tech", P([(-660, -240), (-535, -250), (-528, -390), (-670, -395)]))
    add("scc", "scc", P([(-545, -250), (-470, -252), (-462, -390), (-530, -395)]), "대구스마트시티센터", "Daegu Smart City Centre")
    add("jeongmun", "jeongmun", P([(-470, -252), (-405, -257), (-400, -395), (-462, -390)]), "수성정문타워", "Suseong Jeongmun Tower")
    add("s2", "tech", P([(-405, -257), (-250, -270), (-256, -415), (-400, -400)]))
    add("s3", "civic", P([(-250, -270), (-150, -278), (-150, -425), (-256, -415)]), "알파시티 공공지원센터", "Alphacity Public Service Centre",
        names=(("알파시티 119안전센터", "Alphacity Fire Station", 3), ("알파시티 행정복지센터", "Alphacity Community Centre", 4), ("알파시티 어린이집", "Alphacity Day-care", 2)))
    add("s3p", "park", P([(-150, -278), (-100, -281), (-105, -432), (-150, -428)]), "스타디움길 녹지", "Stadium Way green")
    add("s4", "mediaplaza", P([(-105, -280), (62, -292), (66, -450), (-105, -432)]), "미디어광장", "Media Plaza")
    add("s5", "carpark", P([(66, -300), (215, -330), (270, -460), (66, -450)]), "알파시티 공영주차장", "Alphacity public car park", spaces=240)
    # north of the loop
    add("nn0", "wood", P([(-592, 280), (-450, 285), (-395, 440), (-310, 560), (-592, 600)]), "솔정고개 녹지", "Soljeong Pass green")
    add("nn1", "shops", P([(-470, 282), (-345, 292), (-335, 412), (-405, 425)]), landuse="residential", zoning="준주거지역", f0=3, f1=5, target=620)
    add("nn2", "apartment", P([(-345, 292), (-104, 312), (-100, 408), (-335, 415)]), "알파시티 행복주택", "Alphacity Public Housing", households=88, f0=4, f1=4, lengths=(30, 24))
    add("nn3", "detached", P([(-104, 312), (60, 330), (55, 428), (-100, 408)]), "노변동 단독주택지", "Nobyeon detached houses")
    add("nn4", "park", P([(55, 330), (200, 330), (200, 450), (50, 430)]), "고가하부 녹지", "Viaduct green")
    add("hill", "wood", P([(-400, 428), (-170, 404), (0, 420), (145, 448), (240, 458), (215, 560), (-60, 590), (-200, 540), (-310, 530)]), "솔정공원", "Soljeong Park", density=1.0)
    add("nhill", "shops", P([(-290, 580), (-200, 540), (-60, 590), (215, 560), (208, 715), (-38, 670), (-245, 590)]), landuse="commercial", zoning="근린상업지역", f0=2, f1=6, target=700, frontage="dalgubeol")
    # east of the expressway
    add("donghwa", "apartment", P([(300, 8), (402, 12), (596, 25), (446, 222), (300, 226)]), "동화아이위시", "Donghwa IWish", landmark="donghwa", households=698, f0=15, f1=17, lengths=(36, 30, 26))
    add("detached", "detached", P([(206, 226), (446, 222), (262, 462), (206, 462)]), "알파시티 단독주택지", "Alphacity detached houses")
    add("cheong", "apartment", MultiPolygon([P([(402, 12), (596, 25), (730, -166), (402, -164)]), P([(692, -166), (730, -168), (800, -540), (700, -526)])]), "수성알파시티청아람", "Suseong Alphacity Cheongaram", landmark="cheongaram", households=844, f0=15, f1=17, lengths=(38, 32, 26))
    add("e_west", "park", P([(215, -300), (300, 8), (402, 12), (402, -490), (270, -480)]), "동측완충녹지", "East buffer green")
    # --- outside, west
    add("courts", "courts", P([(-1600, 500), (-1432, 490), (-1442, 730), (-1600, 740)]), "연호 법원·검찰 단지 (계획)", "Yeonho law-court complex (planned)")
    add("yeonho_a", "apartment", P([(-1425, 240), (-1198, 230), (-1228, 480), (-1430, 490)]), "연호지구 공동주택 (계획)", "Yeonho housing (planned)", f0=15, f1=25)
    add("yeonho_b", "apartment", P([(-1600, 250), (-1425, 240), (-1430, 490), (-1598, 500)]), "연호지구 공동주택 (계획)", "Yeonho housing (planned)", f0=15, f1=25)
    add("yeonho_c", "shops", P([(-1430, 490), (-1228, 480), (-1245, 600), (-1434, 600)]), landuse="commercial", zoning="준주거지역", f0=3, f1=7, target=1000)
    add("yeonho_d", "apartment", P([(-1434, 600), (-1245, 600), (-1268, 722), (-1442, 730)]), "연호지구 공동주택 (계획)", "Yeonho housing (planned)", f0=15, f1=22)
    add("yeonho_pond", "park", P([(-1442, 730), (-1268, 722), (-1290, 900), (-1452, 980)]), "연호지공원", "Yeonhoji Park")
    add("yeonho_s", "farmland", P([(-1425, 62), (-1185, 58), (-1198, 230), (-1425, 240)]))
    add("yeonho_v", "village", P([(-1245, 516), (-1100, 560), (-1082, 640), (-1088, 800), (-1290, 900)]), "연호동", "Yeonho-dong")
    add("yeonho_w", "wood", P([(-1800, 60), (-1600, 60), (-1600, 1000), (-1800, 1000)]))
    add("yeonho_n", "shops", P([(-1600, 740), (-1442, 730), (-1455, 1000), (-1600, 1060)]), landuse="commercial", zoning="준주거지역", f0=2, f1=5, target=900)
    add("knoll", "wood", P(catmull_rom([(-1225, 500), (-1208, 330), (-1178, 200), (-1090, 150), (-1010, 190), (-930, 250), (-850, 270), (-790, 305), (-860, 345),
                                        (-960, 480), (-985, 640), (-1082, 640), (-1105, 560), (-1225, 500)], 15)))
    add("station_shops", "shops", P([(-1085, 795), (-968, 735), (-985, 640), (-1080, 640)]), landuse="commercial", zoning="근린상업지역", f0=2, f1=5, target=600)
    add("second", "farmland", P([(-1185, 58), (-900, 22), (-695, 15), (-700, 250), (-790, 305), (-930, 290), (-1180, 300)]), "제2알파시티 예정지", "Second Alphacity (planned)")
    add("second_s", "farmland", P([(-1185, 58), (-695, 15), (-695, -240), (-820, -250), (-820, -360), (-1172, -305)]), "제2알파시티 예정지", "Second Alphacity (planned)")
    add("lions_s", "wood", P([(-980, 360), (-790, 305), (-690, 250), (-590, 272), (-592, 372), (-700, 352), (-900, 395)]))
    # --- outside, north
    add("n_shops_w", "shops", P([(-150, 628), (60, 690), (208, 714), (208, 775), (60, 760), (-150, 700)]), landuse="commercial", zoning="근린상업지역", f0=2, f1=5, target=500)
    add("n_shops_e", "shops", P([(208, 714), (442, 712), (645, 671), (900, 612), (1010, 590), (1010, 655), (645, 735), (445, 772), (215, 775)]), landuse="commercial", zoning="근린상업지역", f0=2, f1=6, target=560)
    add("n_village", "village", P([(-150, 690), (60, 760), (225, 775), (232, 880), (60, 872), (-145, 855)]), "노변동", "Nobyeon-dong")
    add("n_apt1", "apartment", P([(215, 775), (448, 772), (455, 872), (230, 880)]), "고산 아파트 1단지", "Gosan Apartments 1", f0=15, f1=20)
    add("n_apt2", "apartment", P([(448, 772), (668, 730), (680, 850), (455, 872)]), "고산 아파트 2단지", "Gosan Apartments 2", f0=15, f1=20)
    add("n_apt3", "apartment", P([(668, 730), (900, 680), (900, 812), (680, 850)]), "고산 아파트 3단지", "Gosan Apartments 3", f0=15, f1=22)
    add("n_school", "school", P([(455, 872), (680, 850), (690, 1020), (464, 1024)]), "고산초등학교", "Gosan Elementary School")
    add("n_v2", "village", P([(230, 880), (455, 872), (464, 1024), (226, 1020)]), "고산동", "Gosan-dong")
    add("n_v3", "village", P([(60, 872), (230, 880), (226, 1020), (-140, 1020), (-145, 855)]), "고산동", "Gosan-dong")
    add("n_apt4", "apartment", P([(680, 850), (900, 812), (915, 1010), (690, 1020)]), "고산 아파트 4단지", "Gosan Apartments 4", f0=12, f1=18)
    add("n_apt5", "apartment", P([(900, 812), (1010, 790), (1010, 1000), (915, 1010)]), "고산 아파트 5단지", "Gosan Apartments 5", f0=12, f1=18)
    add("n_east", "village", P([(900, 640), (1010, 620), (1010, 790), (900, 812)]), "고산동", "Gosan-dong")
    add("n_knoll", "wood", P([(-1350, 950), (-1085, 800), (-870, 690), (-600, 605), (-350, 562), (-150, 630), (-140, 1200), (-1350, 1200)]), "고모산", "Gomo hill")
    add("n_strip", "wood", box(-2000, 1015, 1200, 1200))
    # --- outside, east
    add("cheonggu", "apartment", P([(231, 508), (300, 436), (520, 452), (612, 460), (640, 560), (645, 655), (440, 690), (225, 690)]), "노변청구타운", "Nobyeon Cheonggu Town", f0=13, f1=17)
    add("nobyeon_ms", "school", P([(450, 222), (560, 250), (690, 232), (640, 330), (605, 400), (540, 450), (380, 440), (320, 380)]), "노변중학교", "Nobyeon Middle School")
    add("meridian", "apartment", P([(590, 25), (700, 70), (800, 65), (905, -112), (725, -167)]), "수성월드메르디앙", "Suseong World Meridian", f0=16, f1=22)
    add("siji1", "apartment", P([(446, 222), (590, 25), (700, 70), (795, 68), (712, 222), (690, 232), (560, 250)]), "시지 아파트 1단지", "Siji Apartments 1", f0=14, f1=19)
    add("siji2", "apartment", P([(640, 560), (612, 460), (905, 480), (900, 612), (645, 671)]), "고산역화성파크드림", "Gosan Hwaseong Parkdream", f0=15, f1=22)
    add("siji3", "apartment", P([(612, 460), (640, 330), (712, 225), (925, 300), (905, 480)]), "시지 아파트 2단지", "Siji Apartments 2", f0=14, f1=18)
    add("siji4", "apartment", P([(712, 225), (795, 68), (930, 110), (925, 300)]), "시지 아파트 3단지", "Siji Apartments 3", f0=14, f1=18)
    add("siji5", "village", P([(795, 68), (905, -112), (985, -90), (930, 110)]), "시지동", "Siji-dong")
    add("siji6", "apartment", P([(930, 110), (1010, 110), (1010, 600), (900, 612)]), "시지 아파트 4단지", "Siji Apartments 4", f0=14, f1=18)
    add("siji7", "school", P([(725, -167), (905, -112), (950, -320), (776, -334)]), "시지초등학교", "Siji Elementary School")
    add("siji8", "apartment", P([(776, -334), (950, -320), (962, -580), (800, -542)]), "시지 아파트 5단지", "Siji Apartments 5", f0=13, f1=18)
    add("siji9", "village", box(900, -620, 1010, 120), "시지동", "Siji-dong")
    # --- outside, south
    add("water_plant", "plant", P([(700, -526), (960, -583), (930, -670), (800, -690), (706, -620)]), "고산정수사업소", "Gosan Water Treatment Plant")
    add("daeheung1", "village", P([(-530, -395), (-378, -400), (-372, -548), (-470, -560), (-590, -575), (-548, -470)]), "대흥동", "Daeheung-dong")
    add("daeheung2", "village", P([(-378, -400), (-257, -415), (-250, -530), (-372, -548)]), "대흥동", "Daeheung-dong")
    add("daeheung3", "farmland", P([(-372, -548), (-250, -530), (-200, -735), (-330, -740), (-392, -660)]))
    add("samdeok1", "farmland", P([(-1172, -310), (-880, -358), (-890, -505), (-1050, -520), (-1200, -538)]))
    add("samdeok2", "village", P([(-880, -358), (-740, -375), (-745, -480), (-890, -480)]), "삼덕동", "Samdeok-dong")
    add("samdeok3", "farmland", P([(-740, -375), (-530, -395), (-548, -470), (-598, -578), (-700, -690), (-895, -620), (-890, -480), (-745, -480)]))
    add("samdeok4", "village", P([(-1415, -207), (-1300, -255), (-1300, -420), (-1410, -420)]), "삼덕동", "Samdeok-dong")
    add("samdeok5", "farmland", P([(-1300, -255), (-1172, -308), (-1205, -560), (-1245, -790), (-1412, -770), (-1410, -420), (-1300, -420)]))
    add("agri", "school", P([(960, -590), (1010, -600), (1010, -760), (930, -670)]), "대구농업마이스터고", "Daegu Agricultural Meister High School")
    add("s_wood", "wood", P([(-2000, -1200), (1200, -1200), (1200, -380), (-1410, -420), (-1500, -380), (-1620, -300), (-1800, -250)]))
    add("rest_w", "farmland", box(-2000, -400, -1180, 1100))
    add("rest_n", "village", box(-150, 600, 1200, 1015))
    add("rest", "grass", box(-2000, -1300, 1300, 1300))
    return z
