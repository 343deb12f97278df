# SPDX-License-Identifier: Apache-2.0
"""Put the pack together: ground, streets, fill, furniture, transit; check; write."""
import math
import random

from shapely.geometry import LineString, Point
from shapely.ops import unary_union

from . import check, curves, devices, expressway, fill, geo, landmarks, network, output, planting, street, terrain, transit
from .shapes import polygons, rect

EXITS = [("1", -863, 699), ("2", -925, 735), ("3", -900, 675), ("4", -835, 640), ("5", -772, 622)]


def main(out):
    geo.self_check()
    box = geo.box_local()
    clip = (box[0] - 100, box[1] - 100, box[2] + 100, box[3] + 100)
    net = network.build(clip)
    ground = terrain.Terrain()
    for shape, level in _platforms():
        ground.flatten(shape, level, 60)
    ground.grade_roads(net.ground(), 8)
    axis, _ = expressway.add(net, ground, clip)
    network.set_signals(net, clip)
    network.check(net)

    city = fill.City(net, axis, box)
    _water(city, ground)
    exits = _metro(city)
    fill.fill(city, clip)
    st = street.Streets(city)
    walks = street.crosswalks(st)
    tr = transit.Transit(st)
    tr.build()
    for s in tr.stops.values():
        st.take(s["x"], s["y"], 6.0)
    signals, controllers = street.signal_heads(st, walks)
    for s in signals:
        st.take(s["x"], s["y"], 2.0)
    lamps = street.lamps(st)
    pipes = street.utilities(st)
    maker = devices.Maker(st, lamps, walks, list(tr.stops.values()))
    maker.build(signals)
    maker.parking(_parking(city))
    maker.tags(pipes, 300)
    rng = random.Random(5)
    trees = planting.street_trees(st, rng)
    trees += planting.ground_trees(st, rng, 10800 - len(trees))
    for k, b in enumerate(city.buildings):
        b["id"] = f"b_{k + 1:04d}"
    devs = devices.finish(signals + lamps + maker.out)
    pack = dict(net=net, ground=ground, city=city, walks=walks, tr=tr, pipes=pipes, devices=devs, trees=trees, exits=exits,
                controllers=controllers, st=st, axis=axis)
    figures = check.run(pack)
    output.write(out, pack)
    check.netconvert(net)
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    figures["size_mb"] = round(size / 1e6, 2)
    for k, v in figures.items():
        print(f"{k:24} {v}")
    return 0


def _platforms():
    yield landmarks._octagon(-757, 484, 128, 120), None
    yield landmarks._ellipse(58, -738, 175, 195, -8), None
    yield rect(-1452, -982, 160, 60, math.radians(8)), None
    yield rect(-1328, -944, 70, 50, 0), None
    yield rect(-985, -858, 140, 80, 0), None
    yield rect(540, -330, 240, 300, 0), None


def _water(city, ground):
    ponds = [("w_yeonhoji", "연호지", "Yeonhoji Pond", landmarks._ellipse(-1362, 838, 50, 36, 25, 40)),
             ("w_naegwanji", "내관지", "Naegwanji Reservoir", landmarks._ellipse(-318, -868, 62, 44, 40, 40))]
    union = []
    for wid, ko, en, p in ponds:
        level = ground.flatten(p.buffer(8), None, 34)
        city.water.append(dict(id=wid, kind="pond", name_ko=ko, name_en=en, poly=p, elevation=round(level - 0.1, 2)))
        for j in range(ground.ny):
            for i in range(ground.nx):
                if p.contains(Point(*ground.point(i, j))):
                    ground.h[j, i] = level - 2.0
        union.append(p.buffer(3))
    siji = next(r for r in _drawn() if r[0] == "n_ns")[1]
    gosan = next(r for r in _drawn() if r[0] == "g_3")[1]
    south = curves.offset_polyline(siji, -27)
    north = curves.offset_polyline(gosan, 25)
    line = LineString(south[::-1][2:-1] + north[1:]).simplify(0.5)
    hill = LineString([(1010, -880), (985, -760), (990, -640), tuple(line.coords[0])])
    for k, (ko, en, ln, w) in enumerate((("매호천", "Maeho Stream", line, 8.0), ("매호천 상류", "Upper Maeho Stream", hill, 5.0))):
        open_part = ln.intersection(city.scene).difference(city.road_surface.buffer(1.0))
        for m, g in enumerate(g for g in getattr(open_part, "geoms", [open_part]) if g.length > 12):
            city.water.append(dict(id=f"w_maeho_{k + 1}_{m + 1:02d}", kind="stream", name_ko=ko, name_en=en, line=g, width=w, poly=g.buffer(w / 2)))
        corridor = ln.buffer(w / 2 + 6).intersection(city.scene)
        union.append(corridor)
        city.green(corridor.difference(city.road_surface), "grass", ko + " 수변", en + " bank")
    city.water_union = unary_union(union)
    for p in polygons(city.water_union):
        city.blocked.add(p)


def _drawn():
    from . import plan
    for r in plan.roads():
        yield r.key, list(network._draw(r).coords)


def _metro(city):
    """Entrances stand behind the sidewalk of Dalgubeol-daero, long side along the street."""
    out = []
    edges = [e for e in city.net.ground() if e.road.key == "dalgubeol"]
    for number, x, y in EXITS:
        e = min(edges, key=lambda k: k.line.distance(Point(x, y)))
        s = e.line.project(Point(x, y))
        px, py, h = curves.at(e.pts, s)
        rx, ry = street.right_of(h)
        side = 1 if (x - px) * rx + (y - py) * ry > 0 else -1
        off = side * (e.half() + 3.4)
        cx, cy = px + rx * off, py + ry * off
        foot = rect(cx, cy, 11.0, 4.6, math.radians(90 - h))
        b = city.place(foot, "station", 1, None, height=4.2, landmark="metro_entrance", material="glass",
                       name_ko=f"수성알파시티역 {number}번 출구", name_en=f"Suseong Alpha City Station Exit {number}")
        assert b, f"metro exit {number} does not fit"
        out.append(dict(id=f"metro_suseong_alphacity_exit_{number}", number=number, x=cx, y=cy, heading=(h + (180 if side > 0 else 0)) % 360, building=b))
    return out


def _parking(city):
    """The named car parks: place, capacity, bays and chargers."""
    known = {"외환들공영주차장": (643, "free"), "노변공영주차장": (64, "free"), "알파시티 공영주차장": (240, "paid"),
             "라이온즈파크 주차장": (420, "paid"), "대구스타디움 주차장": (560, "free"), "대구스타디움 동측주차장": (330, "free")}
    lots = []
    pocket = 0
    for g in sorted((g for g in city.greens if g["kind"] == "parking"), key=lambda g: -g["poly"].area):
        ko = g["name_ko"]
        cap, fee = known.get(ko, (int(g["poly"].area / 30), "paid"))
        if any(p["ko"] == ko for p in lots) and ko in known:
            continue
        en = g["name_en"]
        if ko == "공영주차장":
            pocket += 1
            ko, en = f"알파시티 제{pocket}공영주차장", f"Alphacity public car park {pocket}"
            g["name_ko"], g["name_en"] = ko, en
        c = g["poly"].representative_point()
        lots.append(dict(x=c.x, y=c.y, ko=ko, en=en, capacity=cap, fee=fee, lot=g.get("lot", ""), poly=g["poly"]))
    for landmark, ko, en, cap in (("timevillas_parking", "타임빌라스 수성 주차동", "Timevillas Suseong car-park building", 1400),
                                  ("smart_city_centre", "스마트시티센터 지하주차장", "Smart City Centre underground car park", 90),
                                  ("taewang", "태왕알파시티 지하주차장", "Taewang Alphacity underground car park", 310),
                                  ("dip", "DIP 주차장", "DIP car park", 70)):
        b = next(b for b in city.buildings if b.get("landmark") == landmark)
        x, y = _before(city, b["poly"])
        lots.append(dict(x=x, y=y, ko=ko, en=en, capacity=cap, fee="paid", lot=b["lot"], poly=None))
    lots = lots[:16] if len(lots) > 16 else lots
    for ko, limit, ch in (("알파시티 공영주차장", 90, 10), ("노변공영주차장", 64, 4), ("외환들공영주차장", 60, 6)):
        p = next((p for p in lots if p["ko"] == ko), None)
        assert p is not None, ko
        p["bays"], p["charger_at"] = devices.parking_rows(p["poly"], limit=limit)
        p["chargers"] = ch
    for p in lots:
        if p["ko"] in ("타임빌라스 수성 주차동", "스마트시티센터 지하주차장"):
            p["chargers"] = 2
            p["charger_at"] = [(p["x"] + dx, p["y"], 0) for dx in (-1.2, 1.2)]
    return lots


def _before(city, poly):
    """A free place 3 m before the longest wall that has one: the sign of an indoor car park."""
    ring = list(poly.exterior.coords)
    for (x0, y0), (x1, y1) in sorted(zip(ring, ring[1:]), key=lambda w: -math.dist(*w)):
        d = math.dist((x0, y0), (x1, y1))
        for side in (3.0, -3.0):
            p = Point((x0 + x1) / 2 + (y1 - y0) / d * side, (y0 + y1) / 2 - (x1 - x0) / d * side)
            if not city.blocked.hits(p.buffer(1.5)) and not city.solid.hits(p.buffer(1.5)):
                return p.x, p.y
    raise AssertionError("no place before a building")
