# SPDX-License-Identifier: Apache-2.0
"""Put the pack together: ground, streets, fill, furniture, transit; check; write."""
import math
import random

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

from . import check, curves, devices, fill, geo, landmarks, network, street, terrain, texts, transit, write, zones
from .shapes import polygons, rect

METRO = [("metro_suseong_alphacity", "수성알파시티역", "Suseong Alpha City Station", -905, 688),
         ("metro_yeonho", "연호역", "Yeonho Station", -1597, 1036), ("metro_gosan", "고산역", "Gosan Station", 838, 630)]
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
    axis, _ = network.add_expressway(net, ground, clip)
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
    trees = street.street_trees(st, rng)
    trees += street.ground_trees(st, rng, 10800 - len(trees))
    for k, b in enumerate(city.buildings):
        b["id"] = f"b_{k + 1:04d}"
    devs = devices.finish(signals + lamps + maker.out)
    pack = dict(net=net, ground=ground, city=city, walks=walks, tr=tr, pipes=pipes, devices=devs, trees=trees, exits=exits,
                controllers=controllers, st=st, axis=axis)
    figures = check.run(pack)
    _write(out, pack)
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
        c = b["poly"].representative_point()
        lots.append(dict(x=c.x, y=c.y, ko=ko, en=en, capacity=cap, fee="paid", lot=b["lot"], poly=None))
    lots = lots[:16] if len(lots) > 16 else lots
    for ko, limit, ch in (("알파시티 공영주차장", 90, 10), ("노변공영주차장", 64, 4), ("외환들공영주차장", 60, 6)):
        p = next((p for p in lots if p["ko"] == ko), None)
        assert p is not None, ko
        p["bays"], p["charger_at"] = devices.parking_rows(p["poly"], limit=limit)
        p["chargers"] = ch
    for p in lots:
        if p["ko"] in ("타임빌라스 수성 주차동", "스마트시티센터 지하주차장"):
            p["chargers"] = 2
            p["charger_at"] = [(p["x"] + dx, p["y"], 0) for dx in (-3, 3)]
    return lots


def _write(out, pack):
    out.mkdir(parents=True, exist_ok=True)
    (out / "gtfs").mkdir(exist_ok=True)
    net, city, ground = pack["net"], pack["city"], pack["ground"]
    common = dict(origin="reconstructed", source="reconstruction")
    g = write

    feats = [g.feature(g.point(*ground.point(i, j)), dict(id=f"t_{i}_{j}", i=i, j=j, h=round(float(ground.h[j, i]), 2)))
             for j in range(ground.ny) for i in range(ground.nx)]
    g.collection(out / "terrain.geojson", feats, origin="reconstructed", source="relief",
                 lattice=dict(columns=ground.nx, rows=ground.ny, spacing=terrain.SPACING,
                              east0=round(geo.ORIGIN_E + ground.x0, 2), north0=round(geo.ORIGIN_N + ground.y0, 2)))

    groups = {c["id"]: c for c in pack["controllers"]}
    number = 900000
    feats = []
    for nid in sorted(net.nodes):
        n = net.nodes[nid]
        props = dict(id=nid, kind=n.kind, **common)
        if n.kind == "signal":
            c = groups[n.signal]
            props.update(signal=n.signal, groups=c["groups"], vehicle_groups=c["vehicle_groups"], cycle=_cycle(n))
            streams = {}
            for k in range(1, c["groups"] + 1):
                streams[f"group_{k}"], streams[f"remain_{k}"] = number + 1, number + 2
                number += 2
            props["datastreams"] = streams
            names = sorted({(e.road.name_ko, e.road.name_en) for e in n.edges})
            props["name_ko"] = NODE_NAMES.get(_near_name(n), (" × ".join(k for k, _ in names),))[0]
            props["name_en"] = NODE_NAMES.get(_near_name(n), ("", " × ".join(k for _, k in names)))[1]
        feats.append(g.feature(g.point(n.x, n.y, n.z), props))
    g.collection(out / "nodes.geojson", feats)

    feats = []
    for eid in sorted(net.edges):
        e = net.edges[eid]
        r = e.road
        feats.append(g.feature(g.line(e.pts), dict(
            id=eid, name_ko=r.name_ko, name_en=r.name_en, **{"class": r.cls}, **{"from": e.a, "to": e.b}, lanes_forward=r.fwd, lanes_backward=r.bwd,
            lane_width=r.width, speed=r.speed, structure=e.structure, level=e.level, median=r.median, sidewalk=r.sidewalk, bus_lane=r.bus_lane,
            shuttle_loop=r.loop, road=r.key, **common)))
    g.collection(out / "roads.geojson", feats)

    g.collection(out / "crosswalks.geojson", [g.feature(g.line(c["pts"]), dict(
        id=c["id"], road=c["road"], node=c["node"], width=c["width"], signalled=c["signalled"], floor_signal=c["floor_signal"],
        group=c.get("group"), service="pedestrian_safety" if c["floor_signal"] else None, **common)) for c in pack["walks"]])

    order = ("use", "height", "storeys", "basements", "roof", "ridge", "lot", "households", "seats", "landmark", "material", "name_ko", "name_en")
    g.collection(out / "buildings.geojson", [g.feature(g.polygon(b["poly"]), dict(
        id=b["id"], **{k: b[k] for k in order if k in b}, **common)) for b in city.buildings])
    g.collection(out / "lots.geojson", [g.feature(g.polygon(x["poly"]), dict(
        id=x["id"], zoning=x["zoning"], landuse=x["landuse"], far_max=x["far_max"], bcr_max=x["bcr_max"], area=round(x["poly"].area),
        name_ko=x["name_ko"], name_en=x["name_en"], spaces=x.get("spaces"), **common)) for x in city.lots])
    d = city.district
    g.collection(out / "boundary.geojson", [g.feature(g.polygon(d), dict(
        id="boundary_district", name_ko="수성의료지구(수성알파시티) 경계(추정)", name_en="Suseong Alpha City district (approximate)", approximate=True,
        area=round(d.area), **common))])
    feats = []
    for w in city.water:
        if w["kind"] == "pond":
            feats.append(g.feature(g.polygon(w["poly"]), dict(id=w["id"], kind="pond", name_ko=w["name_ko"], name_en=w["name_en"], elevation=w["elevation"], **common)))
        else:
            feats.append(g.feature(g.line(w["line"].coords), dict(id=w["id"], kind="stream", name_ko=w["name_ko"], name_en=w["name_en"], width=w["width"], **common)))
    g.collection(out / "water.geojson", feats)
    feats = []
    k = 0
    for x in check.flat_greens(city):
        k += 1
        feats.append(g.feature(g.polygon(x["poly"]), dict(id=f"green_{k:04d}", kind=x["kind"], name_ko=x["name_ko"], name_en=x["name_en"], lot=x.get("lot"), **common)))
    g.collection(out / "green.geojson", feats)
    g.collection(out / "trees.geojson", [g.feature(g.point(t["x"], t["y"]), dict(
        id=f"tree_{k + 1:05d}", species=t["species"], height=t["height"], crown=t["crown"], origin="reconstructed", source="reconstruction"))
        for k, t in enumerate(pack["trees"])])

    tr = pack["tr"]
    feats = [g.feature(g.point(s["x"], s["y"]), dict(id=s["id"], kind=s["kind"], stop_id=s["id"], name_ko=s["name_ko"], name_en=s["name_en"],
                                                     routes=[transit.ASCII.get(r, r) for r in s["routes"]], route_names=s["routes"], heading=round(s["heading"], 1),
                                                     road=s["edge"], **common))
             for _, s in sorted(tr.stops.items()) if s["routes"]]
    feats += [g.feature(g.point(x, y), dict(id=mid, kind="metro_station", stop_id=mid, name_ko=ko, name_en=en, routes=["metro-2"], heading=0, underground=True, **common))
              for mid, ko, en, x, y in METRO]
    feats += [g.feature(g.point(x["x"], x["y"]), dict(id=x["id"], kind="metro_exit", stop_id="metro_suseong_alphacity", name_ko=f"{x['number']}번 출구",
                                                      name_en=f"Exit {x['number']}", routes=["metro-2"], heading=round(x["heading"], 1), building=x["building"]["id"], **common))
              for x in pack["exits"]]
    g.collection(out / "stops.geojson", feats)

    g.collection(out / "devices.geojson", [_device(x) for x in pack["devices"]])
    g.collection(out / "utilities.geojson", [g.feature(g.line(u["pts"]), dict(
        id=u["id"], kind=u["kind"], depth=u["depth"], diameter=u["diameter"], year=u["year"], owner=u["owner"], road=u["edge"], service="buried_utility",
        origin="simulated", source="simulation")) for u in pack["pipes"]])
    for name, text in sorted(transit.gtfs(tr, geo.to_degrees).items()):
        (out / "gtfs" / name).write_text(text, encoding="utf-8")
    (out / "city.toml").write_text(texts.CITY, encoding="utf-8")
    (out / "sources.toml").write_text(texts.SOURCES, encoding="utf-8")
    (out / "views.toml").write_text(_views(), encoding="utf-8")
    (out / "demand.toml").write_text(_demand(net), encoding="utf-8")


SERVICE_NAMES = {"street_light": ("스마트가로등", "Smart street light"), "pedestrian_safety": ("지능형 도보안전시스템", "Intelligent pedestrian safety"),
                 "buried_utility": ("지하매설물 관리", "Underground-utility management"), "media_wall": ("스마트미디어월", "Smart media wall"),
                 "lpr": ("차량번호인식 CCTV", "Licence-plate recognition"), "av_support": ("자율주행 지원", "Autonomous-driving support"),
                 "extension": ("확장 센서 (모의)", "Extension sensor (simulated)")}


def _device(d):
    skip = {"x", "y", "pid"}
    props = dict(id=d["id"], kind=d["kind"], heading=round(d["heading"], 1), height=d["height"])
    for k, v in d.items():
        if k in skip or k in props:
            continue
        props[k] = round(v, 1) if k == "approach" else v
    props["service_ko"], props["service_en"] = SERVICE_NAMES[d["service"]]
    props.update(origin="simulated", source="simulation")
    if not props["datastreams"]:
        del props["datastreams"]
    return write.feature(write.point(d["x"], d["y"]), props)


NODE_NAMES = {"wct": ("월드컵삼거리", "World Cup Junction"), "stx": ("경기장네거리", "Stadium Junction"), "ypk": ("야구장네거리", "Ballpark Junction"),
              "icw": ("수성IC 서측", "Suseong IC West"), "ice": ("수성IC 동측", "Suseong IC East")}


def _near_name(n):
    for key, x, y in (("wct", -298, 572), ("stx", -530, -389), ("ypk", -584, 598), ("icw", 108, 7), ("ice", 233, 6)):
        if math.hypot(n.x - x, n.y - y) < 25:
            return key
    return ""


def _cycle(n):
    top = max(network.RANK[e.road.cls] for e in n.edges if e.level == 0)
    return 150 if top == 3 else 100


def _views():
    out = ["# Named views: the camera stands `distance` from the looked-at point, looking towards `heading` (true north) with `pitch`.\n"]
    for k, (vid, ko, en, x, y, h, dist, head, pitch, fov, time) in enumerate(texts.VIEWS):
        lon, lat = geo.to_degrees(x, y)
        out.append(f'[[view]]\nid = "{vid}"\nname_ko = "{ko}"\nname_en = "{en}"\nlon = {lon:.7f}\nlat = {lat:.7f}\nheight = {float(h)}\n'
                   f'distance = {float(dist)}\nheading = {float(head)}\npitch = {float(pitch)}\nfov = {float(fov)}\n'
                   + (f'time = "{time}"\n' if time else "") + f"order = {k}\n")
    return "\n".join(out)


def _demand(net):
    out = [texts.DEMAND]
    for key, ko, en, daily, profile, mix, speed, basis in texts.DEMAND_ROADS:
        out.append(f'[[road]]\nroad = "{key}"          # property `road` of roads.geojson\nname_ko = "{ko}"\nname_en = "{en}"\ndaily = {daily}\nprofile = "{profile}"\n'
                   f'mix = {{ car = {mix[0]}, bus = {mix[1]}, truck = {mix[2]} }}\nspeed_free = {speed}\nbasis = "{basis}"\n')
    out.append("# Where traffic enters and leaves the scene: vehicles per day in (half of the road's daily volume).\n")
    daily = {r[0]: r for r in texts.DEMAND_ROADS}
    for nid in sorted(net.nodes):
        n = net.nodes[nid]
        if n.kind != "end":
            continue
        e = n.edges[0]
        row = daily.get(e.road.key)
        vol = row[3] // 2 if row else {"collector": 2500, "local": 700}.get(e.road.cls, 300)
        enters = e.road.bwd > 0 or e.a == nid
        leaves = e.road.bwd > 0 or e.b == nid
        out.append(f'[[gate]]\nnode = "{nid}"\nedge = "{e.id}"\ndaily_in = {vol if enters else 0}\ndaily_out = {vol if leaves else 0}\n'
                   f'profile = "{row[4] if row else "daegu"}"\nbasis = "{row[7] if row else "E"}"\n')
    out.append(texts.DEMAND_TAIL)
    return "\n".join(out)
