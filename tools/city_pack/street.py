# SPDX-License-Identifier: Apache-2.0
"""Street furniture that follows the road graph: crosswalks, lamps, signal heads, pipes."""
import math
import random

from shapely.geometry import LineString, Point

from . import curves, network
from .shapes import SpatialHash, polygons


def right_of(h):
    """Unit vector to the right of a heading in degrees."""
    r = math.radians(h)
    return math.cos(r), -math.sin(r)


def ahead(h):
    r = math.radians(h)
    return math.sin(r), math.cos(r)


class Streets:
    def __init__(self, city):
        self.city, self.net = city, city.net
        self.kerbs = SpatialHash(polygons(network.surface(self.net, 0, kerb=True)))
        self.decks = SpatialHash([e.line.buffer(e.half() + 2.5) for e in self.net.edges.values() if e.level == 1])
        self.occupied = {}
        self.setbacks = {}

    def on_carriageway(self, x, y, margin=0.25):
        return self.kerbs.hits(Point(x, y).buffer(margin, resolution=3))

    def setback(self, e, nid):
        """Distance from a node along an edge to where the other streets' kerbs are behind you."""
        key = (e.id, nid)
        if key in self.setbacks:
            return self.setbacks[key]
        nd = self.net.nodes[nid]
        pts = e.pts if e.a == nid else e.pts[::-1]
        others = [(f.line, f.half(True)) for f in nd.edges if f is not e and f.level == 0]
        # The stop line must clear the crossing kerbs over the whole width of this street.
        d, limit = 3.0, e.line.length * 0.46
        while d < limit:
            x, y, h = curves.at(pts, d)
            rx, ry = right_of(h)
            w = e.half(True)
            probe = LineString([(x - rx * w, y - ry * w), (x + rx * w, y + ry * w)])
            if all(line.distance(probe) > half + 1.2 for line, half in others):
                break
            d += 1.0
        self.setbacks[key] = min(d, limit)
        return self.setbacks[key]

    def free(self, x, y, gap):
        """True when nothing registered stands within gap metres; registers nothing."""
        i, j = int(x // 8), int(y // 8)
        n = int(gap // 8) + 1
        for a in range(i - n, i + n + 1):
            for b in range(j - n, j + n + 1):
                for px, py, pg in self.occupied.get((a, b), ()):
                    if (px - x) ** 2 + (py - y) ** 2 < max(gap, pg) ** 2:
                        return False
        return True

    def take(self, x, y, gap):
        self.occupied.setdefault((int(x // 8), int(y // 8)), []).append((x, y, gap))


def crosswalks(st):
    """At every signalled approach, and unsignalled ones at the district's quiet corners."""
    net, out = st.net, []
    rng = random.Random(7)
    for nid in sorted(net.nodes):
        nd = net.nodes[nid]
        inside = st.city.district.contains(Point(nd.x, nd.y))
        legs = [e for e in nd.edges if e.level == 0]
        if nd.kind == "signal":
            chosen = legs
        elif inside and len(legs) >= 3:
            chosen = sorted((e for e in legs if e.road.cls in ("local", "collector") and e.carriageway < 9), key=lambda e: e.id)[:1]
            chosen = chosen if rng.random() < 0.55 else []
        else:
            continue
        for e in sorted(chosen, key=lambda k: k.id):
            if e.road.cls == "service":
                continue
            pts = e.pts if e.a == nid else e.pts[::-1]
            width = 6.0 if e.road.cls == "arterial" else 4.0
            d = st.setback(e, nid) + width / 2
            if d + width > e.line.length * 0.5:
                continue
            x, y, h = curves.at(pts, d)
            rx, ry = right_of(h)
            w = e.half(True)
            if not st.city.scene.contains(Point(x, y)):
                continue
            out.append(dict(id=f"cw_{len(out) + 1:03d}", pts=[(x - rx * w, y - ry * w), (x + rx * w, y + ry * w)], road=e.id, node=nid,
                            width=width, signalled=nd.kind == "signal", floor_signal=False, edge=e, d=d, inside=inside, h=h))
    lit = [c for c in out if c["signalled"] and c["inside"] and (c["edge"].road.loop or c["edge"].road.key in ("worldcup", "spine"))]
    for c in lit[::2][:14]:
        c["floor_signal"] = True
    for c in out:
        for p in c["pts"]:
            st.take(*p, 4.0)
        m = LineString(c["pts"])
        for k in range(0, int(m.length), 5):
            q = m.interpolate(k)
            st.take(q.x, q.y, 3.0)
    return out


def lamps(st):
    out = []
    spacing = {"loop": 30.0, "worldcup": 56.0, "dalgubeol": 150.0, "universiade": 160.0, "spine": 100.0, "g_u2": 62.0, "g_u1": 70.0, "g_u3": 70.0,
               "g_v1": 70.0, "g_v3": 70.0, "nobyeon": 110.0, "museum": 220.0, "beoman": 240.0, "baseball": 70.0, "worldcupdae": 140.0, "e_ns": 110.0}
    one_side = {"g_u1", "g_u3", "g_v1", "g_v3", "nobyeon", "museum", "beoman", "worldcupdae", "e_ns", "baseball"}
    for eid in sorted(st.net.edges):
        e = st.net.edges[eid]
        step = spacing.get(e.road.key)
        if step is None or e.level:
            continue
        for side in (1, -1) if e.road.key not in one_side else (1,):
            pts = e.pts if side > 0 else e.pts[::-1]
            d0 = st.setback(e, e.a if side > 0 else e.b) + 9
            d1 = e.line.length - st.setback(e, e.b if side > 0 else e.a) - 9
            if d1 <= d0:
                continue
            n = max(1, int(round((d1 - d0) / step)))
            for k in range(n + 1 if n > 1 else 1):
                d = d0 + (d1 - d0) * k / n if n > 1 else (d0 + d1) / 2
                x, y, h = curves.at(pts, d)
                rx, ry = right_of(h)
                off = e.half(True) + 0.7
                x, y = x + rx * off, y + ry * off
                if not st.city.scene.contains(Point(x, y)) or st.on_carriageway(x, y) or not st.free(x, y, 2.5):
                    continue
                arterial = e.road.cls == "arterial"
                out.append(dict(kind="street_light", x=x, y=y, heading=(h - 90) % 360, height=12.0 if arterial else 9.0 if e.road.cls == "collector" else 7.0,
                                arm=2.6 if arterial else 2.0 if e.road.cls == "collector" else 1.4,
                                watt=120 if arterial else 90 if e.road.cls == "collector" else 60, service="street_light", edge=eid))
                st.take(x, y, 2.5)
    return out


def signal_heads(st, walks):
    """One head per approach on the far right, and two heads per signalled crosswalk.

    An approach has a group for going through and right, and one of its own for turning left, the head's arrow.
    """
    net, out, controllers = st.net, [], []
    for nid in sorted(net.nodes):
        nd = net.nodes[nid]
        if nd.kind != "signal":
            continue
        legs = []
        for e in nd.edges:
            inbound = e.road.fwd if e.b == nid else e.road.bwd
            if inbound:
                legs.append(((net.out_heading(e, nid, 25) + 180) % 360, e, inbound))
        legs.sort(key=lambda t: (t[0], t[1].id))
        number, arrows = 0, []
        for h, e, lanes in legs:
            number += 1
            group, arrow = number, {}
            left, through = _movements(net, nd, e)
            if left:      # a stem that only turns shows its arrow with its one group
                number += through
                arrow = dict(arrow_group=number)
                arrows.append(number)
            x, y = _mast(st, nd, e, h)
            out.append(dict(kind="signal", x=x, y=y, heading=(h + 180) % 360, height=5.6, controller=nd.signal, node=nid, approach=h, group=group,
                            **arrow, pedestrian=False, arm=round(min(9.0, max(3.0, lanes * e.road.width * 0.75)), 1), edge=e.id, host=nid))
        vehicle_groups = number
        for c in [w for w in walks if w["node"] == nid]:
            number += 1
            c["group"] = number
            for k in (0, 1):
                (ax, ay), (bx, by) = c["pts"][k], c["pts"][1 - k]
                h = curves.heading((bx, by), (ax, ay))    # of the walker coming towards this kerb
                fx, fy = ahead(h)
                x, y = _clear(st, ax + fx * 0.9, ay + fy * 0.9, fx, fy)
                out.append(dict(kind="signal", x=x, y=y, heading=(h + 180) % 360, height=2.8, controller=nd.signal, node=nid, approach=h,
                                group=number, pedestrian=True, arm=0.0, edge=c["road"], host=c["id"],
                                **({"service": "pedestrian_safety"} if c["floor_signal"] else {})))
        controllers.append(dict(id=nd.signal, node=nid, groups=number, vehicle_groups=vehicle_groups, arrow_groups=arrows))
    for d in out:
        d.setdefault("service", "av_support" if not d["pedestrian"] else "extension")
    return out, controllers


def _movements(net, nd, e):
    """Whether one may turn left and go through from an edge at a node: the rule of twin/traffic/lane_turns.cpp."""
    def leaving(f):
        return net.out_heading(f, nd.id, min(18.0, f.line.length / 2))
    coming = leaving(e) + 180
    turns = {f.id: (leaving(f) - coming + 180) % 360 - 180 for f in nd.edges
             if f is not e and (f.road.fwd if f.a == nd.id else f.road.bwd)}
    through = min(turns, key=lambda k: abs(turns[k]), default=None)
    if through is not None and abs(turns[through]) >= 40:
        through = None
    return any(turn < 0 for k, turn in turns.items() if k != through), through is not None


def _clear(st, x, y, dx, dy):
    for _ in range(200):
        if not st.on_carriageway(x, y):
            return x, y
        x, y = x + dx * 0.4, y + dy * 0.4
    raise AssertionError(f"no kerb near {x:.0f},{y:.0f}")


def _mast(st, nd, e, h):
    """Pole beyond the junction on the right-hand kerb of the way straight on."""
    best = None
    for f in nd.edges:
        if f is e or f.level:
            continue
        turn = abs((st.net.out_heading(f, nd.id, 25) - h + 180) % 360 - 180)
        if turn < 40 and (best is None or turn < best[0]):
            best = (turn, f)
    fx, fy = ahead(h)
    rx, ry = right_of(h)
    if best:
        f = best[1]
        pts = f.pts if f.a == nd.id else f.pts[::-1]
        x, y, hh = curves.at(pts, st.setback(f, nd.id) + 0.5)
        rx, ry = right_of(hh)
        off = max(f.half(True), 3.0) + 0.8
        return _clear(st, x + rx * off, y + ry * off, rx, ry)
    off = min(e.half(True) * 0.5, 6.0)
    return _clear(st, nd.x + rx * off + fx * 6, nd.y + ry * off + fy * 6, fx, fy)


PIPES = [("water", -0.28, 1.2, 300, "대구 상수도사업본부"), ("sewer", 0.05, 2.6, 600, "수성구"), ("storm", 0.22, 1.8, 800, "수성구"),
         ("gas", -0.36, 1.3, 200, "대성에너지"), ("heat", 0.36, 1.5, 350, "한국지역난방공사 대구지사"), ("power", None, 0.9, 175, "한국전력공사"),
         ("telecom", None, 0.7, 100, "대구광역시 자가통신망")]


def utilities(st):
    """Seven pipe types under the district's streets, at a plausible place across the street."""
    out = []
    rng = random.Random(3)
    for eid in sorted(st.net.edges):
        e = st.net.edges[eid]
        if e.level or e.road.cls == "service" or not st.city.district.buffer(15).contains(e.line.centroid):
            continue
        for kind, share, depth, dia, owner in PIPES:
            if e.road.cls == "local" and kind in ("heat",):
                continue
            if kind == "power":
                off = e.half(True) + e.road.sidewalk * 0.7
            elif kind == "telecom":
                off = -e.half(True) - e.road.sidewalk * 0.7
            else:
                off = share * e.carriageway
            size = dia * (1.0 if e.road.cls != "local" else 0.6)
            out.append(dict(id=f"u_{kind}_{eid[2:]}", kind=kind, pts=curves.offset_polyline(e.pts, off), depth=round(depth + rng.uniform(-0.15, 0.25), 2),
                            diameter=int(round(size / 5) * 5), year=rng.choice((2015, 2016, 2016, 2017, 2017, 2018)), owner=owner, edge=eid))
    return out
