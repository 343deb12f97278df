# SPDX-License-Identifier: Apache-2.0
"""The pack's files from the finished city."""
import math

from . import check, geo, geojson, network, terrain, texts, transit

METRO = [("metro_suseong_alphacity", "수성알파시티역", "Suseong Alpha City Station", -905, 688),
         ("metro_yeonho", "연호역", "Yeonho Station", -1597, 1036), ("metro_gosan", "고산역", "Gosan Station", 838, 630)]


def write(out, pack):
    """Write every layer, the feed and the TOML files below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "gtfs").mkdir(exist_ok=True)
    net, city, ground = pack["net"], pack["city"], pack["ground"]
    common = dict(origin="reconstructed", source="reconstruction")
    g = geojson

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
            props.update(signal=n.signal, groups=c["groups"], vehicle_groups=c["vehicle_groups"],
                         arrow_groups=c["arrow_groups"], cycle=_cycle(n))
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
    return geojson.feature(geojson.point(d["x"], d["y"]), props)


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
