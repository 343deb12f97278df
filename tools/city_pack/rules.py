# SPDX-License-Identifier: Apache-2.0
"""How a zone of zones.py is filled: one function per rule, (city, zone, parts)."""
import math

from shapely.ops import unary_union

from . import landmarks, zones
from .shapes import obb_axis, polygons, rect, rect_in, split_lots


def buildable(city, p):
    out = p.difference(city.viaduct.buffer(3))
    return [q for q in polygons(out) if q.area > 120]


# --- rules ------------------------------------------------------------------------------------------
def _tech(city, z, parts):
    r = city.rng
    for p in parts:
        core = max(polygons(p.buffer(-5.5, join_style=2)), key=lambda q: q.area, default=None)
        if core is None or core.area < 900:
            city.green(p, "grass")
            continue
        rim = p.difference(core)
        for q in polygons(rim):       # landscaped strip of public land between sidewalk and plots
            city.lot(q, "green", "자연녹지지역", "공공공지", "Public open strip", zone=z.key)
            city.green(q, "grass", "공공공지", "Public open strip", trees=0.6)
        for lot_poly in split_lots(core, r.choice((2100, 2600, 3200)), r, 22):
            if lot_poly.area < 350:
                city.green(lot_poly, "grass")
                continue
            left = city.industry_left
            if city.district.contains(lot_poly.centroid) and lot_poly.area > left + 900:
                _public_lot(city, lot_poly, z)
                continue
            city.industry_left -= lot_poly.area
            lot = city.lot(lot_poly, "industry", zone=z.key)
            _office(city, lot, r.choice((4, 5, 5, 6, 6, 7, 8, 8, 9, 10)))


def _public_lot(city, poly, z):
    """A pocket park or a small public car park where the plan wants no more industry."""
    r = city.rng
    lot = city.lot(poly, "public", zone=z.key)
    if r.random() < 0.3:
        city.green(poly.buffer(-1), "parking", "공영주차장", "Public car park", lot=lot["id"])
    else:
        lot["landuse"], lot["zoning"] = "green", "자연녹지지역"
        lot["far_max"], lot["bcr_max"] = zones.ZONING["자연녹지지역"]
        city.green(poly, "park", "쌈지공원", "Pocket park", lot=lot["id"])


def _office(city, lot, storeys, use=None, **kw):
    r = city.rng
    use = use or r.choice(("office", "research", "research"))
    body = rect_in(lot["poly"], 4.5, r.uniform(0.80, 0.95))
    if body is None:
        body = rect_in(lot["poly"], 3.5, 0.9)
    if body is None:
        return None
    ax, lx, ly = obb_axis(body)
    c = body.centroid
    limit = 0.62 * lot["poly"].area
    while lx * ly > min(limit, 1900):
        lx, ly = (lx * 0.96, ly) if lx * 0.8 > ly else (lx * 0.98, ly * 0.95)
    form = r.random()
    mat = r.choice(("light", "light", "glass", "grey", "warm"))
    if form < 0.30 and lx > 34 and ly > 20:           # bar and low annexe
        w = ly * 0.52
        main = rect(c.x, c.y, lx, w, ax, 0, (ly - w) / 2)
        rec = city.place(main, use, storeys, lot, material=mat, basements=r.choice((1, 1, 2)), **kw)
        city.place(rect(c.x, c.y, lx * 0.5, ly - w - 0.0, ax, -lx * 0.25, -w / 2), use, max(2, storeys // 2 - 1), lot, material=mat, gap=-0.05)
        return rec
    if form < 0.48 and lx > 32 and ly > 26:           # L
        w = min(lx, ly) * 0.45
        a, b = rect(c.x, c.y, lx, w, ax, 0, (ly - w) / 2), rect(c.x, c.y, w, ly, ax, -(lx - w) / 2, 0)
        shape = unary_union([a, b]).simplify(0.05)
        if shape.geom_type == "Polygon":
            return city.place(shape, use, storeys, lot, material=mat, basements=1, **kw)
    if form < 0.58 and lx > 38 and ly > 30:           # court
        shape = rect(c.x, c.y, lx, ly, ax).difference(rect(c.x, c.y, lx * 0.42, ly * 0.40, ax))
        return city.place(shape, use, min(storeys, 6), lot, material=mat, basements=1, **kw)
    return city.place(rect(c.x, c.y, lx, ly, ax), use, storeys, lot, material=mat, basements=r.choice((1, 1, 2)), **kw)


def _shops(city, z, parts):
    r, a = city.rng, z.arg
    front = a.get("frontage")
    for p in parts:
        if front:
            strip = unary_union([e.line.buffer(e.half() + 26, cap_style=2) for e in city.net.ground() if e.road.key == front])
            for q in polygons(p.difference(strip)):
                city.green(q, "wood", density=0.8)
            parts2 = [q for q in polygons(p.intersection(strip)) if q.area > 150]
        else:
            parts2 = [p]
        for q in parts2:
            for lp in split_lots(q, a["target"], r, 13):
                if lp.area < 140:
                    continue
                lot = city.lot(lp, a["landuse"], a["zoning"], zone=z.key)
                body = rect_in(lp, 1.8, 0.94)
                if body is None:
                    continue
                n = r.randint(a["f0"], a["f1"])
                city.place(body, "office" if n > 6 else "shop", n, lot, material=r.choice(("warm", "light", "brick", "grey")),
                           basements=1 if n > 3 else 0)


def _houses(city, p, z, target, share, zoning, use="detached"):
    r = city.rng
    for lp in split_lots(p, target, r, 11):
        if lp.area < 110:
            city.green(lp, "grass")
            continue
        lot = city.lot(lp, "residential", zoning, zone=z.key)
        if r.random() > share:
            city.green(lp.buffer(-0.5), r.choice(("grass", "farmland")))
            continue
        body = rect_in(lp, 2.0, r.uniform(0.74, 0.88))
        if body is None:
            continue
        ax, lx, ly = obb_axis(body)
        c = body.centroid
        lx, ly = min(lx, 17.0), min(ly, 11.5)
        n = r.choice((1, 2, 2, 2, 3)) if use == "detached" else 3
        roof = r.choice(("gable", "gable", "hip", "flat")) if n < 3 else r.choice(("flat", "flat", "gable"))
        city.place(rect(c.x, c.y, lx, ly, ax), "detached", n, lot, roof=roof, ridge=round((90 - math.degrees(ax)) % 180, 1),
                   households=1, material=r.choice(("warm", "light", "brick", "light")))


def _detached(city, z, parts):
    for p in parts:
        for q in buildable(city, p):
            _houses(city, q, z, 225, 0.98, "제1종일반주거지역")


def _village(city, z, parts):
    r = city.rng
    churches = 0
    for p in parts:
        for q in buildable(city, p):
            for s in split_lots(q, 2600, r, 30):
                k = r.random()
                if k < 0.60:
                    _houses(city, s, z, 330, 0.9, "제2종일반주거지역")
                elif k < 0.72:
                    lot = city.lot(s, "residential", "제2종일반주거지역", zone=z.key)
                    body = rect_in(s, 4, 0.9)
                    if body is not None:
                        ax, lx, ly = obb_axis(body)
                        city.place(rect(body.centroid.x, body.centroid.y, min(lx, 42), min(ly, 14), ax), "apartment", r.randint(4, 6), lot,
                                   material="brick", households=r.randint(12, 24))
                elif k < 0.745 and churches < 2:
                    churches += 1
                    lot = city.lot(s, "public", "제2종일반주거지역", zone=z.key)
                    city.green(s, "grass")
                    ax, _, _ = obb_axis(s)
                    c = s.centroid
                    city.place(rect(c.x, c.y, 26, 13, ax), "church", 1, lot, height=10.5, roof="gable", ridge=round((90 - math.degrees(ax)) % 180, 1))
                elif k < 0.88:
                    city.green(s, "farmland")
                else:
                    city.green(s, "wood", density=0.7)


def _apartment(city, z, parts):
    """Rows of slabs with their living rooms to the south-south-east."""
    r, a = city.rng, z.arg
    placed = []
    total = 0
    first = True
    for p in parts:
        zoning = "제3종일반주거지역"
        ko, en = (z.ko, z.en) if first else (z.ko and z.ko + " 부속", z.en and z.en + " annexe")
        for q in polygons(p):
            if q.area < 900:
                city.green(q, "grass")
                continue
            lot = city.lot(q, "residential", zoning, ko if first else "", en if first else "", zone=z.key)
            first = False
            city.green(q.buffer(-2), "grass", lot=lot["id"])
            limit = min(lot["far_max"] / 100 * q.area * 0.96, a["households"] * 112 * q.area / sum(p.area for p in parts) if "households" in a else 1e9)
            placed += _slabs(city, z, lot, q, limit)
            rim = q.buffer(-9).boundary
            if not rim.is_empty:
                for c in rim.interpolate(r.uniform(0, 40)), rim.interpolate(r.uniform(80, 160)):
                    ax, _, _ = obb_axis(q)
                    city.place(rect(c.x, c.y, 18, 11, ax), "shop" if r.random() < 0.6 else "public", 2, lot, gap=5)
    if a.get("households") and placed:
        weight = [b["poly"].area * b["storeys"] for b in placed]
        left = a["households"]
        for k, b in enumerate(placed):
            b["households"] = round(left * weight[k] / sum(weight[k:]))
            left -= b["households"]
            total += b["households"]
    for k, b in enumerate(placed):
        if z.ko:
            b["name_ko"], b["name_en"] = f"{z.ko} {101 + k}동", f"{z.en} {101 + k}"


def _slabs(city, z, lot, q, gfa):
    r, a = city.rng, z.arg
    best = []
    inner = q.buffer(-7, join_style=2)
    if inner.is_empty:
        return []
    az = math.radians(20)      # long axis 20 degrees north of east: faces SSE
    c = q.centroid
    hi = a.get("f1", 20) * 2.9
    pitch = 13 + hi * (0.62 if z.key in ("cheong", "donghwa", "nn2") else 0.74)
    for off in (0.0, 0.35, 0.7):
        for shift in (0, 18):
            cand = []
            for j in range(-9, 10):
                v = (j + off) * pitch
                u = -400.0 + shift + (15 if j % 2 else 0)
                while u < 400:
                    done = False
                    for ln in a.get("lengths", (58, 46, 36, 26)):
                        s = rect(c.x, c.y, ln, 12.6, az, u + ln / 2, v)
                        if inner.contains(s) and not city.blocked.hits(s):
                            cand.append(s)
                            u += ln + 12
                            done = True
                            break
                    if not done:
                        u += 5
            if sum(s.area for s in cand) > sum(s.area for s in best):
                best = cand
    out = []
    mean = (a.get("f0", 15) + a.get("f1", 20)) / 2
    keep = len(best)
    while keep > 1 and sum(s.area for s in best) / len(best) * keep * mean > gfa:
        keep -= 1
    for k, s in enumerate(best):
        if (k * keep) // len(best) == ((k - 1) * keep) // len(best) and k > 0:
            continue
        n = r.randint(a.get("f0", 15), a.get("f1", 20))
        rec = city.place(s, "apartment", n, lot, gap=6, basements=2, material=r.choice(("light", "light", "warm")),
                         households=int(s.area * n / 108), **({"landmark": a["landmark"]} if "landmark" in a else {}))
        if rec:
            out.append(rec)
    return out


def _park(city, z, parts):
    for p in parts:
        lot = city.lot(p, "green", "자연녹지지역", z.ko, z.en, zone=z.key)
        city.green(p, "park", z.ko, z.en, lot=lot["id"])
        if p.area > 2500:
            c = p.representative_point()
            r = min(16.0, p.boundary.distance(c) * 0.55)
            city.green(c.buffer(r), "plaza", z.ko + " 광장" if z.ko else "", z.en + " plaza" if z.en else "")
            if p.area > 8000:
                ax, _, _ = obb_axis(p)
                q = rect(c.x + 34 * math.cos(ax), c.y + 34 * math.sin(ax), 28, 15, ax)
                if p.contains(q):
                    city.green(q, "pitch")


def _icgreen(city, z, parts):
    for p in parts:
        city.lot(p, "public", "자연녹지지역", z.ko, z.en, zone=z.key)
        city.green(p, "grass", z.ko, z.en, trees=0.5)


def _ground(kind, landuse="green", zoning="자연녹지지역"):
    def rule(city, z, parts):
        for p in parts:
            if p.area > 400:
                city.lot(p, landuse, "보전녹지지역" if kind == "wood" else zoning, z.ko, z.en, zone=z.key)
            if kind == "farmland" and p.area > 6000:
                for q in split_lots(p, 3200, city.rng, 25):
                    city.green(q.buffer(-0.8), "farmland", z.ko, z.en)
                    if city.rng.random() < 0.10:
                        body = rect_in(q, 8, 0.5)
                        if body is not None:
                            ax, _, _ = obb_axis(body)
                            city.place(rect(body.centroid.x, body.centroid.y, 26, 8, ax), "plant", 1, None, height=4.2, roof="gable",
                                       ridge=round((90 - math.degrees(ax)) % 180, 1), material="light", name_ko="비닐하우스", name_en="Greenhouse")
            else:
                city.green(p, kind, z.ko, z.en, density=(z.arg or {}).get("density", 1.0))
    return rule


def _school(city, z, parts):
    for k, p in enumerate(parts):
        if p.area < 2500 or k > 0:
            city.green(p, "grass")
            continue
        lot = city.lot(p, "public", None, z.ko, z.en, zone=z.key)
        body = rect_in(p, 9, 0.92)
        city.green(p, "grass")
        if body is None:
            continue
        ax, lx, ly = obb_axis(body)
        c = body.centroid
        city.place(rect(c.x, c.y, min(92, lx * 0.86), 15, ax, 0, ly / 2 - 10), "school", 5, lot, name_ko=z.ko, name_en=z.en, roof="flat")
        city.place(rect(c.x, c.y, 15, min(46, ly * 0.42), ax, lx / 2 - 9, ly * 0.02 - 2), "school", 4, lot)
        city.place(rect(c.x, c.y, 34, 22, ax, -lx / 2 + 19, ly / 2 - 40), "school", 2, lot, height=11, material="light")
        pitch = rect(c.x, c.y, lx * 0.62, ly * 0.42, ax, -lx * 0.06, -ly * 0.24)
        if p.contains(pitch):
            city.green(pitch, "pitch", z.ko + " 운동장", z.en + " sports field")


def _carpark(city, z, parts):
    for p in parts:
        for q in buildable(city, p):
            if q.area < 500:
                city.green(q, "grass")
                continue
            lot = city.lot(q, "public", None, z.ko, z.en, zone=z.key)
            lot["spaces"] = z.arg["spaces"]
            city.green(q.buffer(-3, join_style=2), "parking", z.ko, z.en, lot=lot["id"])


def _plant(city, z, parts):
    for k, p in enumerate(parts):
        if k or p.area < 3000:
            city.green(p, "grass")
            continue
        lot = city.lot(p, "public", "자연녹지지역", z.ko, z.en, zone=z.key)
        city.green(p, "grass")
        body = rect_in(p, 10, 0.9)
        ax, lx, ly = obb_axis(body)
        c = body.centroid
        for i in range(4):
            city.place(rect(c.x, c.y, 36, 22, ax, -lx / 2 + 26 + i * 44, -ly / 2 + 20), "plant", 1, lot, height=5, name_ko=z.ko, name_en=z.en)
        city.place(rect(c.x, c.y, 40, 16, ax, 0, ly / 2 - 20), "public", 3, lot, name_ko=z.ko + " 관리동", name_en=z.en + " office")


RULES = {"tech": _tech, "shops": _shops, "detached": _detached, "village": _village, "apartment": _apartment, "park": _park,
         "icgreen": _icgreen, "wood": _ground("wood"), "farmland": _ground("farmland", zoning="생산녹지지역"),
         "grass": _ground("grass"), "school": _school, "carpark": _carpark, "plant": _plant}
RULES.update(landmarks.RULES)
