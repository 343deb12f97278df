# SPDX-License-Identifier: Apache-2.0
"""Lots, buildings and green ground, and the rules that keep them apart; blocks between the streets."""
import math
import random

from shapely import affinity
from shapely.geometry import LineString, Polygon, box
from shapely.ops import polygonize, unary_union

from . import network, rules, zones
from .shapes import SpatialHash, polygons

class City:
    """Everything that stands on the ground, with the rules that keep things apart."""

    def __init__(self, net, axis, scene):
        self.net, self.scene = net, box(*scene)
        self.rng = random.Random(20201120)
        self.lots, self.buildings, self.greens, self.water, self.pitches = [], [], [], [], []
        self.road_surface = network.surface(net, 0)
        ramps = [e.line.buffer(e.half() + 4.0) for e in net.edges.values() if e.level and e.road.cls == "ramp"]
        self.viaduct = unary_union([axis.buffer(19.0), *ramps])
        self.blocked = SpatialHash(polygons(self.road_surface) + polygons(self.viaduct))
        self.solid = SpatialHash([])
        self.district = zones.district()
        self.water_union = None

    def lot(self, poly, landuse, zoning=None, ko="", en="", zone=""):
        zoning = zoning or zones.LANDUSE_ZONING[landuse]
        far, bcr = zones.ZONING[zoning]
        rec = dict(id=f"lot_{len(self.lots) + 1:04d}", poly=poly, landuse=landuse, zoning=zoning, far_max=far, bcr_max=bcr,
                   name_ko=ko, name_en=en, zone=zone, built=0)
        self.lots.append(rec)
        return rec

    def green(self, poly, kind, ko="", en="", **kw):
        for p in polygons(poly):
            if p.area > 40:
                self.greens.append(dict(kind=kind, poly=p, name_ko=ko, name_en=en, **kw))

    def fits(self, poly, gap=1.2):
        return (self.scene.contains(poly) and not self.blocked.hits(poly) and not self.solid.hits(poly.buffer(gap)))

    def place(self, poly, use, storeys, lot=None, height=None, floor=None, roof="flat", gap=1.2, **kw):
        poly = Polygon(poly.exterior.coords, [h.coords for h in poly.interiors])
        if lot and "landmark" not in kw:
            poly, storeys = self._within_ceilings(poly, storeys, lot, use)
        if poly.area < 18 or not poly.is_valid or not self.fits(poly, gap):
            return None
        floor = floor or {"office": 4.0, "research": 4.0, "apartment": 2.9, "detached": 3.1, "shop": 3.7, "mall": 6.0,
                          "parking": 3.3}.get(use, 4.0)
        rec = dict(poly=poly, use=use, storeys=storeys, height=round(height or storeys * floor + (0.9 if roof == "flat" else 0.2), 1),
                   lot=lot["id"] if lot else "", roof=roof, **kw)
        rec.setdefault("basements", 0)
        rec.setdefault("material", {"office": "light", "research": "light", "apartment": "light", "detached": "warm", "shop": "warm",
                                    "mall": "grey", "parking": "grey", "school": "brick", "church": "brick"}.get(use, "grey"))
        self.solid.add(poly)
        self.buildings.append(rec)
        if lot:
            lot["built"] += 1
            lot["footprint"] = lot.get("footprint", 0) + poly.area
            lot["gfa"] = lot.get("gfa", 0) + poly.area * storeys * (use != "parking")
        return rec

    @staticmethod
    def _within_ceilings(poly, storeys, lot, use):
        """Shrink the footprint to the coverage ratio and the storeys to the floor-area ratio of the lot."""
        area = lot["poly"].area
        room = lot["bcr_max"] / 100 * area * 0.97 - lot.get("footprint", 0)
        if poly.area > room > 18:
            f = math.sqrt(room / poly.area)
            poly = affinity.scale(poly, f, f, origin="centroid")
        gfa = lot["far_max"] / 100 * area * 0.98 - lot.get("gfa", 0)
        return poly, max(1, min(storeys, int(gfa / max(poly.area, 1.0))))


def blocks(net, clip):
    """Faces between ground roads, minus road surfaces."""
    lines = [e.line for e in net.ground()] + [LineString(box(*clip).exterior.coords)]
    faces = [p for p in polygonize(unary_union(lines)) if p.area > 200]
    surface = network.surface(net, 0)
    out = []
    for f in sorted(faces, key=lambda p: (round(p.centroid.x), round(p.centroid.y))):
        out += [p for p in polygons(f.difference(surface).buffer(-0.3, join_style=2).buffer(0.3, join_style=2)) if p.area > 150]
    return out


def fill(city, clip):
    window = city.scene.buffer(90, join_style=2)
    water = city.water_union if city.water_union is not None else Polygon()
    pieces = []
    for b in blocks(city.net, clip):
        rest, cut = b.intersection(window), []
        for z in zones.zones():
            if rest.is_empty:
                break
            part = rest.intersection(z.shape)
            rest = rest.difference(z.shape)
            cut += [[z, p.simplify(0.2)] for p in polygons(part) if p.area > 4]
        pieces += _merge_slivers(cut, b)
    by_zone = {}
    for z, p in pieces:
        by_zone.setdefault(z.key, (z, []))[1].append(p)
    order = [z.key for z in zones.zones() if z.key in by_zone]
    _balance_industry(city, by_zone)
    for key in order:
        z, parts = by_zone[key]
        parts = [q for p in parts for q in polygons(p.difference(water)) if q.area > 60]
        parts.sort(key=lambda p: -p.area)
        rules.RULES[z.rule](city, z, parts)


def _merge_slivers(cut, block):
    """Zone edges are drawn roughly: strips thinner than 14 m go to the neighbour with the longest common edge."""
    thick = [c for c in cut if not c[1].buffer(-7).is_empty]
    if not thick:
        return [(z, p) for z, p in cut if p.area > 60]
    for z, p in cut:
        if any(c[1] is p for c in thick):
            continue
        rim = p.buffer(0.4)
        best = max(thick, key=lambda c: rim.intersection(c[1]).area)
        others = unary_union([c[1] for c in thick if c is not best])
        joined = unary_union([best[1], rim]).buffer(0.01).intersection(block).difference(others)
        whole = [q for q in polygons(joined) if q.area > 100]
        if rim.intersection(best[1]).area > 0 and len(whole) == 1:
            best[1] = whole[0].simplify(0.1)
    return [(z, p) for z, p in thick]


def _balance_industry(city, by_zone):
    """The industry share that is left for the tech blocks after the named institutions have their lots."""
    city.industry_left = zones.DISTRICT_AREA * zones.SHARES["industry"]
    for key in ("techbiz", "dip", "databank", "jeongmun"):
        city.industry_left -= by_zone[key][1][0].area
