# SPDX-License-Identifier: Apache-2.0
"""Places with a form of their own. Positions and sizes are public facts; the outlines are reconstructed."""
import math

from shapely.geometry import Polygon, box
from shapely import affinity
from shapely.ops import unary_union

from .shapes import obb_axis, polygons, rect, rect_in


def _first_lot(city, z, parts, landuse, zoning=None):
    lot = city.lot(parts[0], landuse, zoning, z.ko, z.en, zone=z.key)
    for p in parts[1:]:
        city.green(p, "grass")
    return lot


def _must(rec, what):
    assert rec is not None, f"landmark does not fit: {what}"
    return rec


def _octagon(cx, cy, rx, ry, turn=math.pi / 8):
    return Polygon([(cx + rx * math.cos(turn + k * math.pi / 4), cy + ry * math.sin(turn + k * math.pi / 4)) for k in range(8)])


def _ellipse(cx, cy, a, b, angle=0.0, n=64):
    return affinity.rotate(Polygon([(cx + a * math.cos(2 * math.pi * k / n), cy + b * math.sin(2 * math.pi * k / n)) for k in range(n)]),
                           angle, origin=(cx, cy))


def _lions(city, z, parts):
    lot = _first_lot(city, z, parts, "public")
    city.green(parts[0], "plaza", "라이온즈파크 광장", "Lions Park plaza", lot=lot["id"])
    c = (-757, 484)
    bowl = _octagon(*c, 108, 101).difference(_octagon(c[0] + 4, c[1] + 2, 62, 57))
    _must(city.place(bowl, "stadium", 5, lot, height=27, landmark="lions_park", name_ko="대구삼성라이온즈파크",
                     name_en="Daegu Samsung Lions Park", basements=1, seats=24000, material="grey"), "Lions Park")
    city.green(_octagon(c[0] + 4, c[1] + 2, 60, 55), "pitch", "라이온즈파크 그라운드", "Lions Park field")
    for p in polygons(parts[0].intersection(Polygon([(-960, 640), (-940, 420), (-880, 420), (-880, 600), (-900, 650)])).buffer(-4, join_style=2)):
        city.green(p, "parking", "라이온즈파크 주차장", "Lions Park car park", lot=lot["id"])


def _stadium(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "자연녹지지역")
    p = parts[0]
    c = (58, -738)
    outer = _ellipse(*c, 125, 150, -8)
    bowl = outer.difference(_ellipse(*c, 68, 98, -8))
    _must(city.place(bowl, "stadium", 3, lot, height=33, landmark="daegu_stadium", name_ko="대구스타디움", name_en="Daegu Stadium",
                     basements=1, seats=66422, material="light"), "Daegu Stadium")
    city.green(_ellipse(*c, 62, 92, -8), "pitch", "대구스타디움 경기장", "Daegu Stadium field")
    city.green(outer.buffer(38).intersection(p).difference(outer), "plaza", "대구스타디움 광장", "Daegu Stadium plaza", lot=lot["id"])
    mall = rect(-158, -585, 92, 62, math.radians(-7))
    _must(city.place(mall, "mall", 2, lot, height=13, landmark="stadium_mall", name_ko="스타디움몰", name_en="Stadium Mall", basements=1), "mall")
    parking = Polygon([(-205, -455), (20, -478), (20, -545), (-205, -520)])
    for q in polygons(parking.intersection(p.buffer(-4))):
        city.green(q, "parking", "대구스타디움 주차장", "Daegu Stadium car park", lot=lot["id"])
    east = Polygon([(60, -482), (235, -500), (235, -560), (60, -540)])
    for q in polygons(east.intersection(p.buffer(-4))):
        city.green(q, "parking", "대구스타디움 동측주차장", "Daegu Stadium east car park", lot=lot["id"])
    rest = p.difference(unary_union([outer.buffer(39), mall.buffer(6), parking.buffer(2), east.buffer(2)]))
    city.green(rest, "park", "대구스타디움 공원", "Daegu Stadium park")


def _museums(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "자연녹지지역")
    city.green(parts[0], "park", "미술관 공원", "Museum park")
    a = math.radians(8)
    bars = unary_union([rect(-1452, -982, 150, 24, a, 0, 14), rect(-1452, -982, 118, 20, a, -8, -12), rect(-1452, -982, 26, 44, a, 10, 0)])
    _must(city.place(bars, "culture", 3, lot, height=19, landmark="art_museum", name_ko="대구미술관", name_en="Daegu Art Museum", basements=1,
                     material="light"), "Art Museum")
    k = rect(-1328, -944, 60, 38, math.radians(-14))
    _must(city.place(k, "culture", 3, lot, height=17, landmark="kansong_museum", name_ko="대구간송미술관", name_en="Daegu Kansong Art Museum",
                     basements=1, material="grey"), "Kansong")


def _athletics(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "자연녹지지역")
    city.green(parts[0], "plaza", z.ko, z.en)
    _must(city.place(rect(-985, -858, 132, 72, math.radians(2)), "culture", 2, lot, height=22, name_ko="대구육상진흥센터",
                     name_en="Daegu Athletics Promotion Centre", material="light"), "athletics centre")


def _timevillas(city, z, parts):
    x0, y0, x1, y1 = parts[0].bounds
    lo, hi = x0, x1
    for _ in range(50):        # the lot is 77,049 m2; what is left in the east becomes a green strip
        cut = (lo + hi) / 2
        lo, hi = (cut, hi) if parts[0].intersection(box(x0, y0, cut, y1)).area < 77049 else (lo, cut)
    strip = parts[0].difference(box(x0, y0, cut, y1))
    parts = [parts[0].intersection(box(x0, y0, cut, y1)), *parts[1:]]
    city.green(strip, "park", "타임빌라스 녹지", "Timevillas green")
    lot = _first_lot(city, z, parts, "commercial", "유통상업지역")
    city.green(parts[0], "plaza", "타임빌라스 광장", "Timevillas plaza", lot=lot["id"])
    a = math.radians(-3)
    c = parts[0].centroid
    base = rect(c.x, c.y, 206, 198, a, 2, -38)
    court = rect(c.x, c.y, 88, 50, a, 2, -40)
    mall = base.difference(court)
    _must(city.place(mall, "mall", 5, lot, height=31, landmark="timevillas", name_ko="타임빌라스 수성", name_en="Timevillas Suseong",
                     basements=2, material="light"), "Timevillas")
    _must(city.place(rect(c.x, c.y, 112, 60, a, 40, 106), "parking", 7, lot, landmark="timevillas_parking", name_ko="타임빌라스 수성 주차동",
                     name_en="Timevillas Suseong car-park building", basements=0), "Timevillas parking")


def _single(landuse, storeys, size, use, key=None, zoning=None, basements=1, material="glass", shift=(0, 0), rest="plaza"):
    def rule(city, z, parts):
        lot = _first_lot(city, z, parts, landuse, zoning)
        city.green(parts[0], rest, lot=lot["id"])
        body = rect_in(parts[0], 5, 1.0)
        ax, lx, ly = obb_axis(body)
        sx, sy = min(size[0], lx), min(size[1], ly)
        c = body.centroid
        kw = {"landmark": key} if key else {}
        _must(city.place(rect(c.x, c.y, sx, sy, ax, shift[0] * (lx - sx) / 2, shift[1] * (ly - sy) / 2), use, storeys, lot, basements=basements,
                         material=material, name_ko=z.ko, name_en=z.en, **kw), z.key)
    return rule


def _courts(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "준주거지역")
    city.green(parts[0], "plaza", z.ko, z.en, lot=lot["id"])
    ax, lx, ly = obb_axis(parts[0])
    c = parts[0].centroid
    for ko, en, dx, dy, sx, sy, n in (("대구법원종합청사 (계획)", "Daegu court complex (planned)", -34, 30, 78, 26, 14),
                                      ("대구검찰청사 (계획)", "Daegu prosecutors' office (planned)", 38, 10, 58, 24, 12),
                                      ("법원 별관 (계획)", "Court annexe (planned)", -30, -42, 60, 28, 5)):
        city.place(rect(c.x, c.y, sx, sy, ax, dx, dy), "public", n, lot, name_ko=ko, name_en=en, basements=2, material="light")


def _civic(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "준주거지역")
    city.green(parts[0], "plaza", z.ko, z.en, lot=lot["id"])
    body = rect_in(parts[0], 6, 1.0)
    ax, lx, ly = obb_axis(body)
    c = body.centroid
    for (ko, en, n), u, sx in zip(z.arg["names"], (-0.34, 0.0, 0.34), (0.24, 0.28, 0.22)):
        city.place(rect(c.x, c.y, lx * sx, min(ly * 0.8, 28), ax, lx * u, 0), "public", n, lot, name_ko=ko, name_en=en, material="light")


def _garage(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "준주거지역")
    city.green(parts[0], "parking", z.ko, z.en, lot=lot["id"])
    body = rect_in(parts[0], 7, 1.0)
    ax, lx, ly = obb_axis(body)
    c = body.centroid
    city.place(rect(c.x, c.y, min(lx, 58), min(ly, 34), ax), "parking", 5, lot, name_ko=z.ko, name_en=z.en)


def _mediaplaza(city, z, parts):
    lot = _first_lot(city, z, parts, "public", "자연녹지지역")
    p = parts[0]
    city.green(p, "plaza", z.ko, z.en, lot=lot["id"])
    body = rect_in(p, 8, 1.0)
    ax, lx, ly = obb_axis(body)
    c = body.centroid
    city.place(rect(c.x, c.y, 44, 26, ax, -lx / 2 + 26, ly / 2 - 18), "culture", 3, lot, name_ko="알파시티 미디어홀", name_en="Alphacity Media Hall",
               material="glass")
    city.green(c.buffer(20), "park")


RULES = {
    "lions": _lions, "stadium": _stadium, "museums": _museums, "athletics": _athletics, "timevillas": _timevillas,
    "courts": _courts, "civic": _civic, "garage": _garage, "mediaplaza": _mediaplaza,
    "techbiz": _single("industry", 6, (66, 34), "research", "techbiz", basements=1, material="light"),
    "dip": _single("industry", 6, (74, 40), "research", "dip", basements=1, material="light"),
    "databank": _single("industry", 5, (58, 32), "office", None, material="grey"),
    "scc": _single("public", 8, (50, 34), "public", "smart_city_centre", "준주거지역", 1, "glass"),
    "jeongmun": _single("industry", 8, (44, 34), "office", None, basements=2, material="glass"),
    "taewang": _single("commercial", 10, (58, 46), "office", "taewang", "일반상업지역", 3, "glass"),
    "hotel": _single("commercial", 14, (44, 22), "hotel", None, "일반상업지역", 3, "light"),
}
