# SPDX-License-Identifier: Apache-2.0
"""Street trees behind the kerb and scattered trees in woods, parks and yards."""
import math

from shapely.geometry import Point

from . import curves
from .shapes import SpatialHash, polygons
from .street import right_of
from .terrain import noise

SPECIES = {"dalgubeol": "ginkgo", "universiade": "zelkova", "worldcup": "zelkova", "loop": "zelkova", "beoman": "ginkgo", "spine": "ginkgo",
           "nobyeon": "cherry", "museum": "metasequoia", "worldcupdae": "cherry", "g_u2": "metasequoia", "baseball": "ginkgo"}
SPACING = {"arterial": 10.0, "collector": 10.5, "local": 15.0}


def street_trees(st, rng):
    out = []
    for eid in sorted(st.net.edges):
        e = st.net.edges[eid]
        if e.level or e.road.cls not in SPACING or e.road.sidewalk < 2:
            continue
        if e.road.cls == "local" and not st.city.district.contains(e.line.centroid):
            continue
        step = 8.5 if e.road.loop else SPACING[e.road.cls]
        for side in (1, -1):
            pts = e.pts if side > 0 else e.pts[::-1]
            d = st.setback(e, e.a if side > 0 else e.b) + 14
            end = e.line.length - st.setback(e, e.b if side > 0 else e.a) - 10
            while d < end:
                x, y, h = curves.at(pts, d)
                rx, ry = right_of(h)
                off = e.half(True) + min(1.35, e.road.sidewalk * 0.45)
                x, y = x + rx * off, y + ry * off
                d += step
                if not st.city.scene.contains(Point(x, y)) or not st.free(x, y, 3.2) or st.on_carriageway(x, y, 0.6):
                    continue
                if st.decks.hits(Point(x, y)) or st.city.solid.hits(Point(x, y).buffer(2.2)):
                    continue
                sp = SPECIES.get(e.road.key) or ("ginkgo", "zelkova", "cherry")[sum(map(ord, e.road.key)) % 3]
                out.append(_tree(x, y, sp, rng, 0.85 if e.road.cls == "local" else 1.0))
                st.take(x, y, 3.0)
    return out


_SIZE = {"zelkova": (10.5, 7.0), "ginkgo": (10.0, 5.2), "cherry": (6.8, 6.2), "pine": (9.0, 4.6), "oak": (10.5, 6.6), "metasequoia": (14.5, 4.6)}


def _tree(x, y, species, rng, scale=1.0):
    h, c = _SIZE[species]
    f = scale * rng.uniform(0.78, 1.18)
    return dict(x=x, y=y, species=species, height=round(h * f, 1), crown=round(c * f * rng.uniform(0.92, 1.08), 1))


def ground_trees(st, rng, budget):
    """Poisson-like scatter in woods and parks; denser near the district, thinned to the budget."""
    city, out = st.city, []
    weights = {"wood": 5.6, "park": 9.5, "grass": 14.0, "plaza": 19.0, "farmland": 60.0}
    clear = [g["poly"] for g in city.greens if g["kind"] in ("pitch", "parking", "plaza")]
    hard = SpatialHash(clear)
    paved = SpatialHash([g["poly"] for g in city.greens if g["kind"] in ("pitch", "parking")])
    cands = []
    for g in city.greens:
        step = weights.get(g["kind"])
        if step is None:
            continue
        p = g["poly"].intersection(city.scene)
        if p.is_empty:
            continue
        x0, y0, x1, y1 = p.bounds
        step /= max(0.4, g.get("density", 1.0)) ** 0.5
        n = int((x1 - x0) * (y1 - y0) / step**2)
        shapes = SpatialHash(polygons(p.buffer(-1.6 if g["kind"] != "plaza" else -3)))
        for _ in range(n):
            x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
            if shapes.hits(Point(x, y)):
                cands.append((x, y, g["kind"]))
    rng.shuffle(cands)
    # Nearer to the middle of the scene a tree counts more, and woods gather in clumps.
    cands.sort(key=lambda q: _rarity(*q) + rng.random())
    cap = {"grass": 0.12 * budget, "farmland": 0.012 * budget, "plaza": 0.04 * budget, "park": 0.26 * budget}
    used = {}
    for x, y, kind in cands:
        if len(out) >= budget:
            break
        if used.get(kind, 0) >= cap.get(kind, budget):
            continue
        gap = 4.4 if kind == "wood" else 5.5
        pt = Point(x, y)
        if not st.free(x, y, gap) or st.on_carriageway(x, y, 2.5) or st.decks.hits(pt) or city.solid.hits(pt.buffer(2.6)):
            continue
        if (paved if kind == "plaza" else hard).hits(pt.buffer(2.0)):
            continue
        if city.water_union is not None and city.water_union.distance(pt) < 2.5:
            continue
        if kind == "wood":
            sp = "pine" if rng.random() < 0.55 else "oak"
        else:
            sp = rng.choice(("zelkova", "cherry", "pine", "metasequoia", "ginkgo", "oak"))
        out.append(_tree(x, y, sp, rng, 1.15 if kind == "wood" else 0.9))
        used[kind] = used.get(kind, 0) + 1
        st.take(x, y, gap)
    return out


def _rarity(x, y, kind):
    """Sort key: low is planted first."""
    if kind != "wood":
        return 0.4
    clump = 0.5 - 0.5 * (0.65 * noise(x, y, 70, 21) + 0.35 * noise(x, y, 28, 22))
    far = min(math.hypot(x + 150, y * 1.1) / 1500, 0.30 + math.hypot(x + 1400, y + 930) / 900, 0.15 + math.hypot(x - 58, y + 760) / 1000)
    return 1.3 * clump + far
