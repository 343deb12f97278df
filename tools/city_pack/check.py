# SPDX-License-Identifier: Apache-2.0
"""The pack's own rules; a broken one raises with the list of offenders."""
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from shapely.geometry import Point
from shapely.ops import unary_union

from . import network, zones
from .shapes import SpatialHash, polygons



def flat_greens(city):
    """Green areas without holes under pitches and car parks; small areas lie over large ones in this order."""
    order = {"wood": 0, "farmland": 1, "grass": 2, "park": 3, "plaza": 4, "parking": 5, "pitch": 6}
    top = []
    out = []
    items = sorted(enumerate(city.greens), key=lambda t: (-order[t[1]["kind"]], t[0]))
    grid = SpatialHash([])
    taken = []
    for k, g in items:
        p = g["poly"].intersection(city.scene.buffer(85, join_style=2))
        if p.is_empty:
            continue
        near = [taken[i] for i in grid.near(p.bounds)]
        if near:
            p = p.difference(unary_union(near))
        for q in polygons(p.buffer(-0.05).buffer(0.05)):
            if q.area > 25:
                top.append((k, {**g, "poly": q}))
                grid.add(q)
                taken.append(q)
    for _, g in sorted(top, key=lambda t: (t[0], round(t[1]["poly"].centroid.x, 1))):
        out.append(g)
    return out


def run(pack):
    bad = []
    net, city, st, ground = pack["net"], pack["city"], pack["st"], pack["ground"]
    loop = sum(e.line.length for e in net.edges.values() if e.road.loop)
    if not 2400 <= loop <= 2600:
        bad.append(f"shuttle loop is {loop:.0f} m")
    bad += _buildings(city)
    bad += _terrain(net, ground)
    bad += _decks(net, ground)
    for what in ("trees", "devices"):
        for t in pack[what]:
            if t.get("kind") == "utility_tag":
                continue
            if st.on_carriageway(t["x"], t["y"], 0.05):
                bad.append(f"{what}: {t.get('id', t)} stands on a carriageway at {t['x']:.1f},{t['y']:.1f}")
            if not city.scene.contains(Point(t["x"], t["y"])) and what == "trees":
                bad.append(f"tree outside the scene at {t['x']:.0f},{t['y']:.0f}")
    for t in pack["trees"]:
        if city.solid.hits(Point(t["x"], t["y"])):
            bad.append(f"tree in a building at {t['x']:.0f},{t['y']:.0f}")
    shares = _shares(city)
    for k, want in zones.SHARES.items():
        if abs(shares.get(k, 0) - want) > 0.008:
            bad.append(f"land-use share {k}: {shares.get(k, 0):.3f}, wanted {want}")
    kinds = Counter(d["kind"] for d in pack["devices"])
    uses = Counter(b["use"] for b in city.buildings)
    streams = [n for d in pack["devices"] for n in d["datastreams"].values()]
    if len(streams) != len(set(streams)):
        bad.append("datastream numbers repeat")
    ids = ([n for n in net.nodes] + list(net.edges) + [b["id"] for b in city.buildings] + [x["id"] for x in city.lots] +
           [c["id"] for c in pack["walks"]] + [d["id"] for d in pack["devices"]] + [u["id"] for u in pack["pipes"]] +
           [s["id"] for s in pack["tr"].stops.values()])
    bad += [f"id {k} is used {n} times" for k, n in Counter(ids).items() if n > 1]
    signals = sum(n.kind == "signal" for n in net.nodes.values())
    figures = {"buildings": len(city.buildings), "trees": len(pack["trees"]), "crosswalks": len(pack["walks"]), "signals": signals,
               "street_lights": kinds["street_light"]}
    for k, (lo, hi) in {"buildings": (900, 1500), "trees": (8000, 11000), "crosswalks": (100, 150), "signals": (25, 40), "street_lights": (350, 450)}.items():
        if not lo <= figures[k] <= hi:
            bad.append(f"{k}: {figures[k]}, wanted {lo}..{hi}")
    if bad:
        raise AssertionError(f"{len(bad)} faults in the pack:\n  " + "\n  ".join(bad[:60]))
    households = sum(b.get("households", 0) for b in city.buildings if city.district.contains(b["poly"].centroid))
    figures.update(loop_m=round(loop), nodes=len(net.nodes), edges=len(net.edges), shares={k: round(v, 4) for k, v in shares.items()},
                   public_share=round(1 - sum(shares.get(k, 0) for k in zones.SHARES), 4), uses=dict(uses), devices=dict(kinds), lots=len(city.lots),
                   greens=len(city.greens), households_district=households, datastreams=len(streams), routes=len(pack["tr"].lines),
                   floor_signals=sum(c["floor_signal"] for c in pack["walks"]), pipes=len(pack["pipes"]),
                   steepest_arterial=round(max(ground.road_grade(e) for e in net.ground() if e.road.cls == "arterial"), 3),
                   steepest=round(max(ground.road_grade(e) for e in net.ground()), 3),
                   relief=(round(float(ground.h.min()), 1), round(float(ground.h.max()), 1)))
    return figures


def _buildings(city):
    bad = []
    surface = SpatialHash(polygons(city.road_surface))
    viaduct = SpatialHash(polygons(city.viaduct))
    grid = SpatialHash([])
    for b in city.buildings:
        p = b["poly"]
        if not p.is_valid:
            bad.append(f"{b['id']} is not a valid polygon")
        if surface.hits(p):
            bad.append(f"{b['id']} ({b['use']}) stands on a street")
        if viaduct.hits(p):
            bad.append(f"{b['id']} ({b['use']}) stands under the viaduct")
        if not city.scene.contains(p):
            bad.append(f"{b['id']} leaves the scene")
        if city.water_union.intersects(p):
            bad.append(f"{b['id']} ({b['use']}) stands in water")
        for k in grid.near(p.bounds):
            if grid.items[k][0].intersection(p).area > 0.05:
                bad.append(f"{b['id']} overlaps another building")
        grid.add(p)
    return bad


def _terrain(net, ground):
    bad = []
    for e in net.ground():
        g = ground.road_grade(e)
        limit = 0.065 if e.road.cls == "arterial" else 0.09
        if g > limit:
            bad.append(f"{e.id} ({e.road.cls}) climbs {g:.3f}")
    return bad


def _decks(net, ground):
    """Decks clear the streets below by 5.5 m and keep to 7 %."""
    bad = []
    for e in net.edges.values():
        if e.level == 0:
            continue
        line = e.line
        for (x0, y0, z0), (x1, y1, z1) in zip(e.pts, e.pts[1:]):
            d = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
            if d > 0.5 and abs(z1 - z0) / d > 0.07:
                bad.append(f"{e.id} climbs {abs(z1 - z0) / d:.3f} at {x0:.0f},{y0:.0f}")
        if e.level < 0:
            continue
        for f in net.ground():
            if {e.a, e.b} & {f.a, f.b}:
                continue
            hit = line.intersection(f.line)
            for q in getattr(hit, "geoms", [hit]):
                if q.is_empty:
                    continue
                s = line.project(q)
                z = _z_at(e.pts, s)
                road = ground.z(q.x, q.y)
                if z - 1.4 - road < 5.5:
                    bad.append(f"{e.id} clears {f.id} by only {z - 1.4 - road:.1f} m")
    return bad


def _z_at(pts, s):
    acc = 0.0
    for a, b in zip(pts, pts[1:]):
        d = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
        if acc + d >= s:
            return a[2] + (b[2] - a[2]) * (s - acc) / max(d, 1e-9)
        acc += d
    return pts[-1][2]


def _shares(city):
    out = Counter()
    d = city.district
    for lot in city.lots:
        out[lot["landuse"]] += lot["poly"].intersection(d).area / d.area
    return dict(out)


def netconvert(net):
    """Let SUMO's own importer judge the graph, when it is installed."""
    exe = shutil.which("netconvert")
    if not exe:
        print("netconvert is not installed: the road graph was not imported into SUMO")
        return
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        nodes = [f'<node id="{n.id}" x="{n.x:.2f}" y="{n.y:.2f}" type="{"traffic_light" if n.kind == "signal" else "priority"}"/>'
                 for n in net.nodes.values()]
        edges = []
        for e in net.edges.values():
            for tag, lanes, a, b, pts in (("", e.road.fwd, e.a, e.b, e.pts), ("-", e.road.bwd, e.b, e.a, e.pts[::-1])):
                if lanes:
                    shape = " ".join(f"{p[0]:.2f},{p[1]:.2f}" for p in pts)
                    edges.append(f'<edge id="{tag}{e.id}" from="{a}" to="{b}" numLanes="{lanes}" speed="{e.road.speed / 3.6:.2f}" '
                                 f'priority="{network.RANK[e.road.cls]}" width="{e.road.width}" shape="{shape}" spreadType="{"right" if e.road.bwd else "center"}"/>')
        (base / "n.nod.xml").write_text("<nodes>" + "".join(nodes) + "</nodes>")
        (base / "n.edg.xml").write_text("<edges>" + "".join(edges) + "</edges>")
        done = subprocess.run([exe, "-n", str(base / "n.nod.xml"), "-e", str(base / "n.edg.xml"), "-o", str(base / "n.net.xml")],
                              capture_output=True, text=True, check=False)
        warnings = [w for w in done.stderr.splitlines() if w.startswith("Warning")]
        if done.returncode:
            raise AssertionError("netconvert refuses the graph:\n" + done.stderr[-2000:])
        print(f"netconvert: accepted, {len(warnings)} warnings")
        for w in warnings[:12]:
            print("  ", w)
