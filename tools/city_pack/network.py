# SPDX-License-Identifier: Apache-2.0
"""From drawn centre lines to a topologically clean road graph: nodes, edges, decks, signals."""
import math
from dataclasses import dataclass, field

from shapely.geometry import LineString, Point, box
from shapely.ops import unary_union

from . import curves, plan

RANK = {"expressway": 5, "ramp": 4, "arterial": 3, "collector": 2, "local": 1, "service": 0}
MERGE_RADIUS = 17.0


@dataclass
class Node:
    id: str
    x: float
    y: float
    kind: str = "priority"
    signal: str = ""
    z: float = None
    edges: list = field(default_factory=list)


@dataclass
class Edge:
    id: str
    road: plan.Road
    a: str
    b: str
    pts: list                 # [(x, y)] or [(x, y, z)] for bridges
    structure: str = "ground"
    level: int = 0

    @property
    def line(self):
        return LineString([p[:2] for p in self.pts])

    @property
    def carriageway(self):
        r = self.road
        return (r.fwd + r.bwd) * r.width + r.median

    def half(self, kerb=False):
        """Half width of the carriageway, with the sidewalk unless `kerb`."""
        return self.carriageway / 2 + (0 if kerb else self.road.sidewalk)


class Network:
    def __init__(self):
        self.nodes = {}
        self.edges = {}

    def connect(self):
        for n in self.nodes.values():
            n.edges = []
        for e in self.edges.values():
            self.nodes[e.a].edges.append(e)
            self.nodes[e.b].edges.append(e)

    def ground(self):
        return [e for e in self.edges.values() if e.level == 0]

    def out_heading(self, e, node_id, reach=14.0):
        """Heading with which an edge leaves a node."""
        pts = e.pts if e.a == node_id else e.pts[::-1]
        x, y, _ = curves.at(pts, min(reach, e.line.length))
        return curves.heading(pts[0], (x, y))


def _draw(road):
    if road.closed:
        pts = curves.fillet_ring(road.pts, road.round_corners)
    elif road.smooth and len(road.pts) > 2:
        pts = curves.catmull_rom(road.pts)
    else:
        pts = [tuple(map(float, p)) for p in road.pts]
    return LineString(LineString(pts).simplify(0.12))


def _cluster(points, weight):
    """Union points closer than MERGE_RADIUS; returns the heaviest point of each point's cluster."""
    parent = list(range(len(points)))

    def find(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i in range(len(points)):
        for j in range(i):
            if math.dist(points[i], points[j]) < MERGE_RADIUS:
                parent[find(i)] = find(j)
    groups = {}
    for i in range(len(points)):
        groups.setdefault(find(i), []).append((weight[i], points[i]))
    return [max(groups[find(i)])[1] for i in range(len(points))]


def build(clip):
    net = Network()
    drawn = []
    for r in plan.roads():
        line = _draw(r)
        cut = line.intersection(box(*clip))
        if cut.geom_type != "LineString":
            cut = max(cut.geoms, key=lambda g: g.length)
        drawn.append((r, cut))
    hits = []
    for i, (_, a) in enumerate(drawn):
        for j in range(i):
            x = a.intersection(drawn[j][1])
            for g in getattr(x, "geoms", [x]):
                if not g.is_empty:
                    p = g.centroid
                    hits.append((i, j, (p.x, p.y)))
    centres = _cluster([h[2] for h in hits], [RANK[drawn[i][0].cls] + RANK[drawn[j][0].cls] for i, j, _ in hits])
    on_road = {}
    for (i, j, _), c in zip(hits, centres):
        on_road.setdefault(i, set()).add(c)
        on_road.setdefault(j, set()).add(c)
    names = {}

    def node(p):
        key = (round(p[0], 2), round(p[1], 2))
        if key not in names:
            names[key] = None
        return key

    raw = []
    for i, (r, line) in enumerate(drawn):
        stops = sorted((line.project(Point(c)), c) for c in on_road.get(i, ()))
        if r.closed:
            stops = stops + [(stops[0][0] + line.length, stops[0][1])]
            pieces = []
            ring2 = LineString(list(line.coords) + list(line.coords)[1:])
            for (s0, c0), (s1, c1) in zip(stops, stops[1:]):
                pieces.append((c0, c1, curves.substring(ring2, s0, s1)))
        else:
            ends = [(0.0, line.coords[0])] + stops + [(line.length, line.coords[-1])]
            ends = [e for k, e in enumerate(ends) if k == 0 or e[0] - ends[k - 1][0] > 1.0 or e[1] in [s[1] for s in stops]]
            pieces = []
            for (s0, c0), (s1, c1) in zip(ends, ends[1:]):
                if s1 - s0 > 1.0:
                    pieces.append((c0, c1, curves.substring(line, s0, s1)))
        for c0, c1, pts in pieces:
            # pull the inner points that would kink next to a merged node
            inner = [p for p in pts[1:-1] if math.dist(p, c0) > 12 and math.dist(p, c1) > 12]
            raw.append([r, node(c0), node(c1), [c0, *inner, c1]])
    raw = _prune(raw, clip)
    order = sorted({n for e in raw for n in e[1:3]}, key=lambda k: (-k[1], k[0]))
    for k, key in enumerate(order):
        nid = f"n{k + 1:03d}"
        names[key] = nid
        net.nodes[nid] = Node(nid, *key)
    counters = {}
    for r, a, b, pts in raw:
        counters[r.key] = counters.get(r.key, 0) + 1
        eid = f"r_{r.key}_{counters[r.key]:02d}"
        pts = [a, *pts[1:-1], b]
        net.edges[eid] = Edge(eid, r, names[a], names[b], pts)
    net.connect()
    return net


def _on_border(key, clip):
    x0, y0, x1, y1 = clip
    return min(abs(key[0] - x0), abs(key[0] - x1), abs(key[1] - y0), abs(key[1] - y1)) < 2.0


def _prune(raw, clip, stub=60.0):
    while True:
        degree = {}
        for e in raw:
            for k in e[1:3]:
                degree[k] = degree.get(k, 0) + 1
        keep = [e for e in raw if not any(degree[k] == 1 and not _on_border(k, clip) and
                                          LineString(e[3]).length < stub for k in e[1:3])]
        if len(keep) == len(raw):
            return raw
        raw = keep


def set_signals(net, clip):
    """Signal where arterials or collectors meet; ends at the map border; the rest gives way."""
    number = 0
    for nid in sorted(net.nodes):
        nd = net.nodes[nid]
        if nd.kind == "end":
            continue
        deg = len(nd.edges)
        if deg == 1 and _on_border((nd.x, nd.y), clip):
            nd.kind = "end"
            continue
        ranks = sorted((RANK[e.road.cls] for e in nd.edges), reverse=True)
        big = sum(r >= 2 for r in ranks)
        signal = nid.startswith("n_ic_") or (deg >= 3 and (
            (ranks[0] == 3 and big >= 3) or (deg >= 4 and big >= 4) or (big >= 3 and any(e.road.loop for e in nd.edges))))
        signal = signal or (deg >= 4 and ranks[0] == 3 and big >= 2 and nd.x > -900)
        if signal and not any(e.road.cls == "expressway" for e in nd.edges):
            number += 1
            nd.kind, nd.signal = "signal", f"sc_{number:02d}"
    return number


def check(net):
    """Raises on a defect of the graph; returns a few figures."""
    ids = sorted(net.nodes)
    seen = set()
    for e in net.edges.values():
        key = tuple(sorted((e.a, e.b)))
        assert e.a != e.b, f"{e.id} is a loop"
        assert key not in seen, f"duplicate edge {e.id} {key}"
        seen.add(key)
        for nid, p in ((e.a, e.pts[0]), (e.b, e.pts[-1])):
            nd = net.nodes[nid]
            assert math.dist((nd.x, nd.y), p[:2]) < 1e-6, f"{e.id} does not end at {nid}"
        assert e.line.is_simple, f"{e.id} crosses itself"
    problems = []
    ground = [n for n in ids if net.nodes[n].z is None]
    for i, a in enumerate(ground):
        for b in ground[:i]:
            d = math.dist((net.nodes[a].x, net.nodes[a].y), (net.nodes[b].x, net.nodes[b].y))
            if d < 25:
                problems.append(f"nodes {a} {b} only {d:.1f} m apart at {net.nodes[a].x:.0f},{net.nodes[a].y:.0f}")
    for nid in ids:
        nd = net.nodes[nid]
        if any(e.level for e in nd.edges) and not nid.startswith("n_ic"):
            continue
        hs = sorted((net.out_heading(e, nid), e.id) for e in nd.edges if e.level == 0)
        for (h1, e1), (h2, e2) in zip(hs, hs[1:] + [(hs[0][0] + 360, hs[0][1])]):
            if len(hs) > 1 and h2 - h1 < 25:
                problems.append(f"angle {h2 - h1:.0f} at {nid} ({nd.x:.0f},{nd.y:.0f}) between {e1} and {e2}")
    g = net.ground()
    for i, e in enumerate(g):
        for f in g[:i]:
            if not e.line.intersects(f.line):
                continue
            x = e.line.intersection(f.line)
            shared = {e.a, e.b} & {f.a, f.b}
            for q in getattr(x, "geoms", [x]):
                if not any(Point(net.nodes[s].x, net.nodes[s].y).distance(q) < 0.05 for s in shared):
                    problems.append(f"{e.id} and {f.id} cross without a node at {q.centroid.x:.0f},{q.centroid.y:.0f}")
    problems += _unreachable(net)
    assert not problems, "road graph:\n  " + "\n  ".join(problems)


def _unreachable(net):
    adj, rev = {}, {}
    for e in net.edges.values():
        pairs = [(e.a, e.b)] if e.road.fwd else []
        if e.road.bwd:
            pairs.append((e.b, e.a))
        for a, b in pairs:
            adj.setdefault(a, []).append(b)
            rev.setdefault(b, []).append(a)
    # A trip may enter and leave at any map end: close the world there.
    ends = [n for n in net.nodes if net.nodes[n].kind == "end"]
    for graph in (adj, rev):
        for n in ends:
            graph.setdefault(n, []).append("WORLD")
            graph.setdefault("WORLD", []).append(n)
    out = []
    for label, graph in (("reached", adj), ("left", rev)):
        seen, todo = {"WORLD"}, ["WORLD"]
        while todo:
            for b in graph.get(todo.pop(), ()):
                if b not in seen:
                    seen.add(b)
                    todo.append(b)
        out += [f"node {n} cannot be {label} ({net.nodes[n].x:.0f},{net.nodes[n].y:.0f})"
                for n in sorted(net.nodes) if n not in seen]
    return out


def surface(net, level=0, kerb=False, grow=0.0):
    """Union of the road surfaces (with sidewalks unless `kerb`)."""
    parts = [e.line.buffer(e.half(kerb) + grow, cap_style=1, resolution=6) for e in net.edges.values() if e.level == level]
    return unary_union(parts)
