# SPDX-License-Identifier: Apache-2.0
"""Sensors and equipment: confirmed services by name, everything else as an extension sensor (simulated)."""
import math
import random

from shapely.geometry import LineString, Point

from . import curves
from .shapes import obb_axis, rect
from .street import ahead, right_of

PROPERTIES = {
    "street_light": ("power_state", "dimming", "power", "energy"), "cctv": ("status",), "lpr": ("vehicle_count",),
    "rsu": ("status", "message_rate"), "speed_display": ("speed",),
    "air_station": ("pm10", "pm25", "o3", "no2", "temperature", "humidity"), "noise_sensor": ("noise",),
    "weather_station": ("temperature", "humidity", "wind_speed", "wind_direction", "rain", "cloud"),
    "flood_sensor": ("water_level",), "waste_bin": ("fill", "temperature"), "parking_lot": ("occupied", "occupancy"),
    "parking_bay": ("taken",), "ev_charger": ("status", "power"), "media_wall": ("content", "brightness"), "emergency_bell": ("status",),
    "wifi": ("clients",), "utility_tag": ("status",), "incident_detector": ("status",),
}


class Maker:
    def __init__(self, st, lamps, walks, stops):
        self.st, self.city, self.net = st, st.city, st.net
        self.lamps, self.walks, self.stops = lamps, walks, stops
        self.rng = random.Random(11)
        self.out = []

    def add(self, kind, x, y, heading=0.0, height=4.0, **kw):
        kw.setdefault("service", "extension")
        self.out.append(dict(kind=kind, x=x, y=y, heading=round(heading % 360, 1), height=height, **kw))
        return self.out[-1]

    def spread(self, items, n):
        """n items spread as evenly as can be (farthest-point order, deterministic)."""
        items = list(items)
        if not items:
            return []
        chosen = [items[0]]
        dist = [math.dist((i["x"], i["y"]), (items[0]["x"], items[0]["y"])) for i in items]
        while len(chosen) < min(n, len(items)):
            k = max(range(len(items)), key=lambda q: dist[q])
            chosen.append(items[k])
            dist = [min(d, math.dist((i["x"], i["y"]), (items[k]["x"], items[k]["y"]))) for d, i in zip(dist, items)]
        return chosen

    def beside(self, e, d, side=1, off=0.7):
        pts = e.pts if side > 0 else e.pts[::-1]
        x, y, h = curves.at(pts, d)
        rx, ry = right_of(h)
        off += e.half(True)
        return x + rx * off, y + ry * off, h

    def kerbside(self, kind, edges, n, service="extension", off=0.9, gap=2.0, **kw):
        """n devices spread along edges on the verge."""
        spots = []
        for e in sorted(edges, key=lambda k: k.id):
            for side in (1, -1):
                a, b = (e.a, e.b) if side > 0 else (e.b, e.a)
                d = self.st.setback(e, a) + 8
                while d < e.line.length - self.st.setback(e, b) - 8:
                    x, y, h = self.beside(e, d, side, off)
                    if self.city.scene.contains(Point(x, y)) and not self.st.on_carriageway(x, y) and self.st.free(x, y, gap):
                        spots.append(dict(x=x, y=y, h=h, edge=e.id))
                    d += 17.0
        for s in self.spread(spots, n):
            self.st.take(s["x"], s["y"], gap)
            self.add(kind, s["x"], s["y"], (s["h"] - 90), service=service, edge=s["edge"], **kw)

    def build(self, signals):
        net, r = self.net, self.rng
        edges = [e for e in net.ground() if e.road.cls != "service"]
        inside = [e for e in edges if self.city.district.buffer(10).contains(e.line.centroid)]
        for lamp in self.spread(self.lamps, 46):
            self.add("cctv", lamp["x"], lamp["y"], lamp["heading"] + r.choice((-40, 0, 40)), 5.2, service="street_light", host_lamp=lamp, edge=lamp["edge"])
        signalled = [n for n in sorted(net.nodes.values(), key=lambda n: n.id) if n.kind == "signal"]
        near = sorted(signalled, key=lambda n: math.hypot(n.x + 250, n.y))
        heads = {}
        for s in signals:
            if not s["pedestrian"]:
                heads.setdefault(s["node"], s)
        for nd in near[:14]:
            p = heads[nd.id]
            self.add("cctv", p["x"], p["y"], p["heading"], 7.5, service="extension", host_signal=p, node=nd.id)
        for nd in near[:10]:
            p = heads[nd.id]
            self.add("rsu", p["x"], p["y"], p["heading"], 6.6, service="av_support", host_signal=p, node=nd.id, range=300)
        for nd in near[2:12]:
            p = heads[nd.id]
            self.add("incident_detector", p["x"], p["y"], p["heading"] + 15, 8.0, service="av_support", host_signal=p, node=nd.id)
        self.kerbside("lpr", [e for e in edges if e.road.key in ("worldcup", "universiade", "nobyeon", "spine", "loop") and e in inside], 12, "lpr", height=6.0)
        self._speed_displays()
        self.kerbside("air_station", inside, 6, height=3.5)
        self.kerbside("noise_sensor", [e for e in edges if e.road.cls in ("arterial", "collector")], 6, height=4.0)
        self._weather()
        self._flood()
        self.kerbside("waste_bin", [e for e in inside if e.road.cls != "arterial"] + [e for e in edges if e.road.key in ("baseball", "worldcup")], 80,
                      height=1.2, off=1.6, litres=240)
        self._media_walls()
        self.kerbside("emergency_bell", inside, 20, height=2.6, off=1.5)
        self._wifi()

    def _speed_displays(self):
        picks = [w for w in self.walks if w["floor_signal"]]
        done = []
        for w in picks:
            e = w["edge"]
            if len(done) >= 8:
                break
            toward = e.b == w["node"]
            side = 1 if toward else -1
            d = e.line.length - w["d"] - 32
            if d < 15:
                continue
            x, y, h = self.beside(e, d, side, 0.9)
            if self.st.on_carriageway(x, y):
                continue
            self.st.take(x, y, 2.0)
            self.add("speed_display", x, y, h + 180, 3.6, service="pedestrian_safety", edge=e.id, crosswalk=w["id"], limit=e.road.speed)
            done.append(w)

    def _weather(self):
        b = next(b for b in self.city.buildings if b.get("landmark") == "smart_city_centre")
        c = b["poly"].centroid
        self.add("weather_station", c.x, c.y, 0, round(b["height"] + 4, 1), on_building=b)

    def _flood(self):
        wanted = [(-300, 540), (262, 480), (800, -520), (-150, 590)]
        cands = [n for n in self.net.nodes.values() if n.z is None and self.city.scene.contains(Point(n.x, n.y))]
        for x, y in wanted:
            nd = min(cands, key=lambda n: math.hypot(n.x - x, n.y - y))
            e = sorted((e for e in nd.edges if e.level == 0), key=lambda k: k.id)[0]
            a = self.st.setback(e, nd.id) + 6
            side = 1 if e.a == nd.id else -1
            px, py, h = self.beside(e, min(a, e.line.length / 2), side, 0.8)
            self.add("flood_sensor", px, py, h - 90, 1.5, edge=e.id)

    def _media_walls(self):
        for key, name in (("taewang", 0), ("smart_city_centre", 1)):
            b = next(b for b in self.city.buildings if b.get("landmark") == key)
            x, y, h = _facade(self, b)
            self.add("media_wall", x, y, h, 12.0, service="media_wall", width=16, height_m=9, on_building=b)
        b = next(b for b in self.city.buildings if b.get("name_en") == "Alphacity Media Hall")
        x, y, h = _facade(self, b)
        self.add("media_wall", x, y, h, 6.0, service="media_wall", width=14, height_m=7, on_building=b)

    def _wifi(self):
        spots = [dict(x=s["x"], y=s["y"]) for s in self.stops if s["kind"] in ("bus_stop", "shuttle_stop")]
        spots += [dict(x=g["poly"].representative_point().x, y=g["poly"].representative_point().y) for g in self.city.greens
                  if g["kind"] in ("plaza", "park") and g["poly"].area > 1500]
        spots = [s for s in spots if self.city.district.buffer(60).contains(Point(s["x"], s["y"])) and
                 not self.city.solid.hits(Point(s["x"], s["y"])) and not self.st.on_carriageway(s["x"] + 1.2, s["y"])]
        for s in self.spread(spots, 20):
            self.add("wifi", s["x"] + 1.2, s["y"], 0, 4.5)

    def parking(self, lots):
        """One parking_lot per named lot; bays for the first two; chargers in bays."""
        for k, p in enumerate(lots):
            d = self.add("parking_lot", p["x"], p["y"], 0, 3.0, capacity=p["capacity"], lot=p["lot"], name_ko=p["ko"], name_en=p["en"], fee=p.get("fee", ""),
                         pid=f"dev_parking_lot_{k + 1:02d}")
            chargers = p.get("chargers", 0)
            for x, y, h in p.get("bays", ()):
                self.add("parking_bay", x, y, h, 0.0, lot=p["lot"], host=d["pid"])
            for x, y, h in p.get("charger_at", ())[:chargers]:
                self.add("ev_charger", x, y, h, 1.9, kw=self.rng.choice((7, 7, 50, 100)), lot=p["lot"], host=d["pid"])

    def tags(self, pipes, n):
        spots = []
        for u in pipes:
            line = LineString(u["pts"])
            s = 9.0
            while s < line.length:
                q = line.interpolate(s)
                a, b = line.interpolate(max(0, s - 1)), line.interpolate(min(line.length, s + 1))
                spots.append(dict(x=q.x, y=q.y, u=u, h=curves.heading((a.x, a.y), (b.x, b.y))))
                s += 24.0
        step = max(1, len(spots) // n)
        for s in spots[::step][:n]:
            u = s["u"]
            self.add("utility_tag", s["x"], s["y"], s["h"], 0.0, service="buried_utility", utility=u["kind"], depth=u["depth"], buried=True, host=u["id"],
                     year=u["year"], owner=u["owner"])


def _facade(m, b):
    """Middle of the wall that faces the nearest street, and its outward heading."""
    ring = list(b["poly"].exterior.coords)
    best = None
    for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
        if math.dist((x0, y0), (x1, y1)) < 15:
            continue
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        h = (curves.heading((x0, y0), (x1, y1)) + 90) % 360     # anticlockwise ring: outside lies right of travel
        fx, fy = ahead(h)
        if b["poly"].contains(Point(mx + fx * 0.5, my + fy * 0.5)):
            h = (h + 180) % 360
            fx, fy = ahead(h)
        d = min(e.line.distance(Point(mx + fx * 8, my + fy * 8)) - e.half() * 1.2 for e in m.net.ground())
        if best is None or d < best[0]:
            best = (d, mx + fx * 0.25, my + fy * 0.25, h)
    return best[1:]


def parking_rows(poly, bay=(2.5, 5.1), aisle=6.2, limit=90):
    """Bays in double rows within a polygon: [(x, y, heading)] and places for chargers at their heads."""
    ang, lx, ly = obb_axis(poly)
    c = poly.centroid
    inner = poly.buffer(-1.5)
    bays, heads = [], []
    pitch = 2 * bay[1] + aisle
    rows = int(ly // pitch) + 1
    for j in sorted(range(-rows, rows + 1), key=lambda k: (abs(k), k)):
        if len(bays) >= limit:
            break
        for side in (0, 1):
            v = j * pitch + (bay[1] / 2 if side else -bay[1] / 2)
            columns = min(int(lx / bay[0]), 24)      # a compact field reads better than one long row
            for i in range(columns):
                u = (i + 0.5 - columns / 2) * bay[0]
                q = rect(c.x, c.y, bay[0] - 0.1, bay[1] - 0.1, ang, u, v)
                if inner.contains(q):
                    h = (90 - math.degrees(ang) + (0 if side else 180)) % 360
                    m = q.centroid
                    bays.append((m.x, m.y, (h - 90) % 360))
                    w = rect(c.x, c.y, 0.4, 0.4, ang, u, j * pitch).centroid
                    heads.append((w.x, w.y, (h - 90) % 360))
    return bays[:limit], heads[:limit][::2]


def finish(items):
    """Stable ids and unique datastream numbers."""
    count, number = {}, 1000
    order = sorted(range(len(items)), key=lambda k: (items[k]["kind"], k))
    for k in order:
        d = items[k]
        count[d["kind"]] = count.get(d["kind"], 0) + 1
        width = 2 if d["kind"] == "parking_lot" else 4
        d["id"] = f"dev_{d['kind']}_{count[d['kind']]:0{width}d}"
    for k in order:
        d = items[k]
        d["datastreams"] = {}
        for p in PROPERTIES.get(d["kind"], ()):
            number += 1
            d["datastreams"][p] = number
    for d in items:
        for key in ("host_lamp", "host_signal"):
            if key in d:
                d["host"] = d.pop(key)["id"]
        b = d.pop("on_building", None)
        if b is not None:
            d["host"] = b["id"]
    return [items[k] for k in order]
