# SPDX-License-Identifier: Apache-2.0
"""The hand-drawn town plan: road centre lines and land-use zones in local metres (x east, y north).

Anchors are public facts: positions of named stops, landmarks and the stated lengths and lane counts.
Everything between the anchors is a reconstruction.
"""
from dataclasses import dataclass


@dataclass
class Road:
    key: str
    name_ko: str
    name_en: str
    cls: str
    pts: list
    fwd: int = 1
    bwd: int = 1
    width: float = 3.0
    speed: int = 30
    median: float = 0.0
    sidewalk: float = 2.0
    loop: bool = False       # part of the shuttle loop
    closed: bool = False     # the line is a ring
    smooth: bool = True
    round_corners: float = 0.0
    bus_lane: bool = False


# --- style presets -------------------------------------------------------------------------------
DALGUBEOL = dict(cls="arterial", fwd=5, bwd=5, width=3.25, speed=60, median=3.0, sidewalk=5.0, bus_lane=True)
BEOMAN = dict(cls="arterial", fwd=3, bwd=3, width=3.3, speed=60, median=2.0, sidewalk=3.0)
UNIV = dict(cls="arterial", fwd=4, bwd=4, width=3.25, speed=60, median=3.0, sidewalk=4.0)
WORLDCUP = dict(cls="arterial", fwd=3, bwd=3, width=3.25, speed=50, median=2.0, sidewalk=4.0)
COLLECTOR4 = dict(cls="collector", fwd=2, bwd=2, width=3.25, speed=50, sidewalk=3.5)
COLLECTOR2 = dict(cls="collector", fwd=1, bwd=1, width=3.5, speed=40, sidewalk=3.0)
LOCAL = dict(cls="local", fwd=1, bwd=1, width=3.0, speed=30, sidewalk=2.0)
ALLEY = dict(cls="service", fwd=1, bwd=1, width=2.75, speed=20, sidewalk=0.0, smooth=False)
LOOP = dict(cls="collector", fwd=2, bwd=2, width=3.25, speed=40, sidewalk=4.0, loop=True)

# Corners of the shuttle loop and of the grid inside it (order NW NE SE SW).
LOOP_CORNERS = [(-700, 264), (18, 320), (40, -292), (-692, -238)]
GRID_QUAD = dict(nw=(-466, 282.3), ne=(18, 320), se=(40, -292), sw=(-541, -249.1))


def grid_point(u, v):
    """Bilinear coordinates of the district grid: u west-east, v south-north, both 0..1 (may overshoot)."""
    q = GRID_QUAD
    s = [q["sw"][i] + u * (q["se"][i] - q["sw"][i]) for i in (0, 1)]
    n = [q["nw"][i] + u * (q["ne"][i] - q["nw"][i]) for i in (0, 1)]
    return (s[0] + v * (n[0] - s[0]), s[1] + v * (n[1] - s[1]))


def grid_line(u=None, v=None, lo=-0.03, hi=1.03, steps=8):
    ts = [lo + (hi - lo) * k / steps for k in range(steps + 1)]
    return [grid_point(u, t) if u is not None else grid_point(t, v) for t in ts]


NS = [(-298, 600), (-298, 570), (-345, 500), (-405, 420), (-452, 330), (-480, 240), (-512, 110), (-536, 0),
      (-550, -90), (-551, -190), (-540, -300), (-530, -387)]
MUSEUM = [(-530, -387), (-548, -470), (-598, -578), (-700, -690), (-840, -765), (-985, -802), (-1200, -792),
          (-1412, -772), (-1560, -760), (-1760, -752)]
ESTREET = [(208, 740), (208, 713), (231, 508), (320, 375), (453, 212), (590, 25), (725, -167), (775, -330),
           (798, -542), (800, -560)]

EXPRESSWAY_AXIS = [(30, 1165), (66, 930), (105, 690), (140, 450), (160, 230), (170, 0), (190, -180), (250, -360),
                   (330, -500), (450, -680), (590, -860), (760, -1160)]


def roads():
    r = []

    def add(key, ko, en, style, pts, **kw):
        args = dict(style)
        args.update(kw)
        r.append(Road(key, ko, en, pts=pts, **args))

    add("dalgubeol", "달구벌대로", "Dalgubeol-daero", DALGUBEOL,
        [(-1780, 1130), (-1620, 1070), (-1460, 1006), (-1170, 850), (-1010, 755), (-873, 686), (-760, 646),
         (-600, 602), (-450, 570), (-349, 560), (-245, 590), (-38, 670), (200, 714), (442, 712), (640, 672),
         (838, 630), (1130, 560)])
    add("beoman", "범안로", "Beoman-ro", BEOMAN,
        [(-1345, 1165), (-1322, 1020), (-1292, 860), (-1245, 600), (-1205, 350), (-1185, 90), (-1175, -120),
         (-1172, -310), (-1205, -560), (-1245, -800), (-1262, -960), (-1300, -1160)])
    add("universiade", "유니버시아드로", "Universiade-ro", UNIV,
        [(-1780, -70), (-1480, -190), (-1160, -309), (-820, -363), (-620, -385), (-530, -389),
         (-447, -386), (-200, -415), (124, -448), (480, -492), (796, -543), (1068, -611), (1140, -630)])
    add("worldcup", "월드컵로", "World Cup-ro", WORLDCUP, NS)
    add("museum", "미술관로", "Misulgwan-ro", COLLECTOR4, MUSEUM)
    add("nobyeon", "노변로", "Nobyeon-ro", COLLECTOR4, ESTREET)
    add("worldcupdae", "월드컵대로", "World Cup-daero", COLLECTOR4,
        [(-256, -395), (-257, -410), (-252, -520), (-232, -650), (-190, -790), (-110, -905), (30, -950),
         (180, -925), (290, -835), (330, -720), (322, -600), (338, -480), (340, -455)])
    add("loop", "알파시티1로", "Alphacity 1-ro", LOOP, LOOP_CORNERS, closed=True, smooth=False, round_corners=62)
    add("spine", "알파시티2로", "Alphacity 2-ro", COLLECTOR2,
        [(-1440, 62), (-1300, 62), (-1185, 58), (-1040, 40), (-900, 22), (-695, 15), (-535, 5), (-270, 2), (30, 10), (170, 4), (300, 8),
         (440, 14), (590, 25), (615, 27)], width=3.5, sidewalk=3.5)

    # The grid inside the loop and its stems to Universiade-ro and Soljeong-ro.
    add("g_u1", "알파시티1로4길", "Alphacity 1-ro 4-gil", LOCAL, grid_line(u=0.25, hi=1.22))
    add("g_u2", "알파시티1로31길", "Alphacity 1-ro 31-gil", COLLECTOR2, grid_line(u=0.5, lo=-0.32), speed=30)
    add("g_u3", "알파시티1로42길", "Alphacity 1-ro 42-gil", LOCAL, grid_line(u=0.75, lo=-0.33, hi=1.26))
    add("g_v1", "알파시티1로35길", "Alphacity 1-ro 35-gil", LOCAL, grid_line(v=0.235, lo=-0.38))
    add("g_v3", "알파시티2로3길", "Alphacity 2-ro 3-gil", LOCAL, grid_line(v=0.745, lo=-0.46))
    add("w_s", "알파시티1로16길", "Alphacity 1-ro 16-gil", LOCAL, [(-655, -225), (-655, -241), (-660, -300), (-664, -400)])
    add("soljeong", "솔정로", "Soljeong-ro", COLLECTOR2,
        [(-420, 440), (-398, 430), (-300, 412), (-170, 404), (0, 420), (145, 446), (262, 456), (278, 457)])
    add("baseball", "야구전설로", "Baseball Legends-ro", COLLECTOR2,
        [(-582, 620), (-584, 597), (-592, 500), (-592, 385), (-588, 290), (-586, 255)], speed=30, sidewalk=5.0)
    add("baseball_w", "야구전설로1길", "Baseball Legends-ro 1-gil", LOCAL,
        [(-575, 372), (-592, 372), (-690, 352), (-820, 352), (-905, 400), (-945, 490), (-962, 600), (-968, 735), (-966, 760)],
        sidewalk=4.0)
    # East of the expressway.
    add("e_ns", "알파시티2로95길", "Alphacity 2-ro 95-gil", COLLECTOR2,
        [(402, -500), (399, -481), (396, -330), (402, -166), (404, 12), (402, 120), (398, 222), (398, 236)], speed=30)
    add("e_tv", "알파시티2로19길", "Alphacity 2-ro 19-gil", COLLECTOR2,
        [(386, -168), (402, -166), (560, -160), (724, -166), (740, -167)], speed=30)
    add("e_tvs", "알파시티2로21길", "Alphacity 2-ro 21-gil", LOCAL,
        [(690, -145), (690, -163), (692, -330), (700, -526), (701, -540)])
    add("e_mid", "알파시티2로97길", "Alphacity 2-ro 97-gil", LOCAL,
        [(205, 226), (214, 226), (300, 224), (398, 222), (446, 222), (456, 222)])
    add("e_w", "알파시티2로99길", "Alphacity 2-ro 99-gil", LOCAL,
        [(300, -8), (300, 8), (298, 120), (300, 240)])
    # The detached-house quarter.
    for k, (y, xe) in enumerate(((275, 424), (325, 376), (375, 340))):
        add(f"d_{k}", "알파시티2로101길", "Alphacity 2-ro 101-gil", ALLEY, [(202, y + 2), (214, y + 2), (xe, y)])
    add("d_w", "알파시티2로103길", "Alphacity 2-ro 103-gil", ALLEY,
        [(214, 212), (214, 226), (214, 300), (214, 470)])
    # Siji and Nobyeon.
    add("n_new", "노변로12길", "Nobyeon-ro 12-gil", LOCAL, [(248, 456), (262, 456), (380, 440), (520, 452), (700, 470), (905, 480), (1100, 470)])
    add("n_ns", "시지로", "Siji-ro", COLLECTOR2,
        [(648, 690), (645, 672), (640, 560), (612, 460), (640, 330), (700, 220), (800, 60), (905, -110), (950, -300),
         (965, -580), (966, -600)], speed=30)
    add("n_e1", "시지로20길", "Siji-ro 20-gil", LOCAL, [(430, 222), (446, 222), (560, 250), (690, 232), (712, 228)])
    add("n_e2", "시지로30길", "Siji-ro 30-gil", LOCAL, [(575, 30), (590, 25), (700, 70), (795, 68), (930, 110), (1100, 130)])
    add("n_e3", "시지로44길", "Siji-ro 44-gil", LOCAL, [(705, -160), (725, -167), (905, -112), (1100, -80)])
    add("n_e4", "시지로58길", "Siji-ro 58-gil", LOCAL, [(755, -336), (776, -334), (950, -320), (1100, -310)])
    add("n_far", "고산로", "Gosan-ro", COLLECTOR2, [(905, 640), (900, 612), (905, 480), (925, 300), (930, 110), (985, -90), (1000, -110)],
        speed=40)
    # North of Dalgubeol-daero.
    add("g_main", "고산로", "Gosan-ro", COLLECTOR2, [(445, 690), (445, 712), (455, 860), (470, 1165)], speed=40)
    add("g_ew", "고산로4길", "Gosan-ro 4-gil", LOCAL,
        [(-165, 850), (-145, 855), (60, 872), (230, 880), (455, 872), (680, 850), (900, 812), (1100, 770)])
    add("g_1", "고산로6길", "Gosan-ro 6-gil", LOCAL, [(-150, 610), (-148, 629), (-150, 760), (-145, 855), (-140, 1020), (-138, 1165)])
    add("g_2", "고산로8길", "Gosan-ro 8-gil", LOCAL, [(207, 700), (208, 714), (222, 790), (230, 880), (226, 1020), (222, 1165)])
    add("g_3", "고산로10길", "Gosan-ro 10-gil", LOCAL, [(645, 655), (645, 671), (664, 750), (680, 850), (690, 1020), (694, 1165)])
    add("g_4", "고산로12길", "Gosan-ro 12-gil", LOCAL, [(900, 600), (900, 612), (900, 812), (915, 1010), (922, 1165)])
    add("g_ew2", "고산로14길", "Gosan-ro 14-gil", LOCAL,
        [(-155, 1018), (-140, 1020), (226, 1020), (464, 1024), (690, 1020), (915, 1010), (1100, 990)])
    # Yeonho, west.
    add("y_ns", "연호로", "Yeonho-ro", COLLECTOR2,
        [(-1462, 1030), (-1460, 1006), (-1452, 860), (-1435, 600), (-1425, 350), (-1425, 120), (-1420, -90), (-1416, -210), (-1410, -420), (-1415, -772), (-1416, -795)],
        speed=40)
    add("y_ew1", "연호로10길", "Yeonho-ro 10-gil", LOCAL, [(-1760, 735), (-1600, 740), (-1442, 730), (-1268, 722), (-1245, 721)])
    add("y_ew2", "연호로20길", "Yeonho-ro 20-gil", LOCAL, [(-1760, 500), (-1600, 500), (-1430, 490), (-1228, 480), (-1200, 479)])
    add("y_ew3", "연호로30길", "Yeonho-ro 30-gil", LOCAL, [(-1760, 250), (-1600, 250), (-1425, 240), (-1198, 230), (-1175, 229)])
    add("y_w", "연호로5길", "Yeonho-ro 5-gil", LOCAL, [(-1600, 760), (-1600, 740), (-1598, 500), (-1600, 230)])
    add("y_v", "연호로3길", "Yeonho-ro 3-gil", LOCAL, [(-1090, 830), (-1085, 796), (-1080, 640), (-1100, 560), (-1220, 520), (-1245, 516)])
    # Samdeok, Daeheung, stadium.
    add("s_dae", "대흥동길", "Daeheungdong-gil", LOCAL, [(-622, -592), (-598, -578), (-470, -560), (-330, -540), (-214, -530), (-195, -528)])
    add("s_dae2", "대흥동1길", "Daeheungdong 1-gil", LOCAL, [(-380, -380), (-378, -396), (-374, -470), (-372, -548), (-372, -562)])
    add("s_dae3", "대흥동2길", "Daeheungdong 2-gil", LOCAL, [(-372, -530), (-376, -547), (-392, -660), (-330, -740), (-203, -735), (-190, -735)])
    add("s_sam", "삼덕동길", "Samdeokdong-gil", LOCAL, [(-880, -340), (-880, -358), (-890, -500), (-930, -640), (-940, -788), (-940, -805)])
    add("s_sam2", "삼덕동1길", "Samdeokdong 1-gil", LOCAL, [(-1220, -540), (-1200, -538), (-1050, -520), (-895, -510), (-870, -508)])
    add("s_mus", "미술관로1길", "Misulgwan-ro 1-gil", LOCAL, [(-1340, -760), (-1340, -782), (-1350, -880), (-1420, -905), (-1520, -880), (-1540, -765), (-1540, -745)])
    add("s_ath", "미술관로2길", "Misulgwan-ro 2-gil", LOCAL, [(-1100, -775), (-1098, -797), (-1090, -920), (-985, -950), (-890, -900), (-872, -775), (-872, -755)])
    add("s_e", "유니버시아드로2길", "Universiade-ro 2-gil", LOCAL, [(699, -505), (700, -526), (706, -620), (800, -690), (930, -670), (955, -583), (958, -560)])
    return r
