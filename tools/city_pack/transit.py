# SPDX-License-Identifier: Apache-2.0
"""Stops, bus lines and the shuttle on our own road graph, and the GTFS feed.

Stop names and places are public facts, snapped to the kerb of the reconstructed streets. Lines are the part of
each line inside the scene; headways are estimates.
"""
import heapq
import math

from shapely.geometry import Point

from . import curves
from .street import right_of

TRUNK, EXPRESS, BRANCH, SHUTTLE = "2D6BD2", "D7263D", "3DA35D", "00B8C8"

# key: (Korean, English, road, x, y, heading of travel)
STOPS = {
    "flower_e": ("연호동화훼단지1", "Yeonho Flower Market 1", "dalgubeol", -1460, 984, 115),
    "flower_w": ("연호동화훼단지2", "Yeonho Flower Market 2", "dalgubeol", -1461, 1029, 295),
    "station_1": ("수성알파시티역(1번출구)", "Suseong Alpha City Station (Exit 1)", "dalgubeol", -863, 699, 295),
    "station_5": ("수성알파시티역(5번출구)", "Suseong Alpha City Station (Exit 5)", "dalgubeol", -770, 626, 110),
    "wct_w": ("월드컵삼거리앞", "World Cup Junction", "dalgubeol", -352, 575, 275),
    "wct_e": ("월드컵삼거리", "World Cup Junction", "dalgubeol", -228, 574, 70),
    "nh_w": ("고산농협창고건너", "opp. Gosan Nonghyup Warehouse", "dalgubeol", -47, 687, 250),
    "nh_e": ("고산농협창고앞", "Gosan Nonghyup Warehouse", "dalgubeol", -28, 653, 70),
    "gosan2_w": ("고산2동행정복지센터앞", "Gosan 2-dong Community Centre", "dalgubeol", 400, 732, 270),
    "gosan2_e": ("고산2동행정복지센터건너", "opp. Gosan 2-dong Community Centre", "dalgubeol", 490, 691, 95),
    "gosan_e": ("고산역화성파크드림앞", "Gosan Station Hwaseong Parkdream", "dalgubeol", 789, 622, 105),
    "gosan_w": ("고산역화성파크드림건너", "opp. Gosan Station Hwaseong Parkdream", "dalgubeol", 850, 634, 285),
    "soljeong_s": ("솔정고개1", "Soljeong Pass 1", "worldcup", -479, 342, 205),
    "soljeong_n": ("솔정고개2", "Soljeong Pass 2", "worldcup", -440, 345, 25),
    "alpha_s": ("수성알파시티1", "Suseong Alpha City 1", "worldcup", -555, -70, 190),
    "alpha_n": ("수성알파시티2", "Suseong Alpha City 2", "worldcup", -544, -192, 5),
    "stx_e": ("경기장네거리1", "Stadium Junction 1", "universiade", -455, -398, 95),
    "stx_w": ("경기장네거리2", "Stadium Junction 2", "universiade", -427, -360, 275),
    "stad_w": ("대구스타디움건너", "opp. Daegu Stadium", "universiade", 122, -426, 275),
    "stad_e": ("대구스타디움앞", "Daegu Stadium", "universiade", 126, -470, 95),
    "water_e": ("고산정수사업소앞", "Gosan Water Works", "universiade", 850, -565, 105),
    "water_w": ("고산정수사업소건너", "opp. Gosan Water Works", "universiade", 870, -540, 285),
    "samdeok_e": ("삼덕동1", "Samdeok-dong 1", "universiade", -1052, -348, 100),
    "samdeok_w": ("삼덕동2", "Samdeok-dong 2", "universiade", -1110, -290, 280),
    "daeheung_s": ("대흥동건너", "opp. Daeheung-dong", "museum", -620, -600, 215),
    "daeheung_n": ("대흥동앞", "Daeheung-dong", "museum", -575, -560, 30),
    "ath_w": ("육상진흥센터건너", "opp. Athletics Promotion Centre", "museum", -985, -791, 270),
    "ath_e": ("육상진흥센터앞", "Athletics Promotion Centre", "museum", -1010, -812, 90),
    "art_w": ("대구미술관(대구간송미술관)건너", "opp. Daegu Art Museum (Kansong)", "museum", -1445, -756, 270),
    "art_e": ("대구미술관(대구간송미술관)앞", "Daegu Art Museum (Kansong)", "museum", -1380, -788, 90),
    "cheonggu_s": ("노변청구타운앞", "Nobyeon Cheonggu Town", "nobyeon", 224, 540, 175),
    "cheonggu_n": ("노변청구타운건너", "opp. Nobyeon Cheonggu Town", "nobyeon", 240, 500, 355),
    "nms_s": ("노변중학교", "Nobyeon Middle School", "nobyeon", 480, 170, 145),
    "nms_n": ("노변중학교건너", "opp. Nobyeon Middle School", "nobyeon", 490, 175, 325),
    "cheong_s": ("수성알파시티청아람앞", "Suseong Alphacity Cheongaram", "nobyeon", 712, -145, 145),
    "cheong_n": ("수성월드메르디앙앞", "Suseong World Meridian", "nobyeon", 742, -210, 335),
}
SHUTTLE_STOPS = {
    "sh_north": ("알파시티 북측 (태왕알파시티)", "Alphacity North (Taewang)", "loop", -60, 314, 85),
    "sh_east": ("수성IC·알파시티2로", "Suseong IC / Alphacity 2-ro", "loop", 32, -70, 178),
    "sh_south": ("스마트시티센터·테크비즈센터", "Smart City Centre / Tech-Biz Centre", "loop", -470, -254, 274),
    "sh_west": ("DIP·알파시티 서측", "DIP / Alphacity West", "loop", -693, -60, 0),
}
E_ALL = ["flower_e", "station_5", "wct_e", "nh_e", "gosan2_e", "gosan_e"]
W_ALL = ["gosan_w", "gosan2_w", "nh_w", "wct_w", "station_1", "flower_w"]
TO_STAD = ["flower_e", "station_5", "soljeong_s", "alpha_s", "stx_e", "stad_e", "water_e"]
FROM_STAD = ["water_w", "stad_w", "stx_w", "alpha_n", "soljeong_n", "station_1", "flower_w"]
# route: (colour, headway minutes, [(entry end, stops, exit end)])
ROUTES = {
    "309": (TRUNK, 12, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "349": (TRUNK, 13, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "399": (BRANCH, 15, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "609": (TRUNK, 14, [("dalgubeol W", TO_STAD, "universiade E"), ("universiade E", FROM_STAD, "dalgubeol W")]),
    "649": (TRUNK, 12, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "848": (TRUNK, 16, [("dalgubeol W", ["flower_e", "station_5", "wct_e", "nh_e", "cheonggu_s", "nms_s", "cheong_s", "water_e"], "universiade E"),
                        ("universiade E", ["water_w", "cheong_n", "nms_n", "cheonggu_n", "nh_w", "wct_w", "station_1", "flower_w"], "dalgubeol W")]),
    "894": (TRUNK, 15, [("dalgubeol W", TO_STAD, "universiade E"), ("universiade E", FROM_STAD, "dalgubeol W")]),
    "937": (TRUNK, 11, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "949": (TRUNK, 16, [("dalgubeol W", ["flower_e", "station_5", "soljeong_s", "stx_e", "water_e"], "universiade E"),
                        ("universiade E", ["water_w", "stad_w", "stx_w", "soljeong_n", "station_1", "flower_w"], "dalgubeol W")]),
    "990": (BRANCH, 18, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "991": (BRANCH, 18, [("dalgubeol W", E_ALL, "dalgubeol E"), ("dalgubeol E", W_ALL, "dalgubeol W")]),
    "급행10": (EXPRESS, 20, [("museum W", ["art_e", "alpha_n", "gosan2_e"], "dalgubeol E"),
                           ("dalgubeol E", ["gosan2_w", "alpha_s", "art_w"], "museum W")]),
    "수성3": (BRANCH, 17, [("dalgubeol W", ["flower_e", "station_5", "soljeong_s", "alpha_s", "daeheung_s", "ath_w", "art_w"], "museum W")]),
    "수성3-1": (BRANCH, 17, [("museum W", ["art_e", "ath_e", "daeheung_n", "alpha_n", "soljeong_n", "station_1", "flower_w"], "dalgubeol W")]),
    "수성6": (BRANCH, 20, [("universiade W", ["samdeok_e", "stx_e", "stad_e", "water_e"], "universiade E"),
                         ("universiade E", ["water_w", "stad_w", "stx_w", "samdeok_w"], "universiade W")]),
}
ASCII = {"급행10": "express10", "수성3": "suseong3", "수성3-1": "suseong3-1", "수성6": "suseong6"}
ENGLISH = {"alpha-shuttle": "Alpha Shuttle", "급행10": "Express 10", "수성3": "Suseong 3", "수성3-1": "Suseong 3-1", "수성6": "Suseong 6"}


class Transit:
    def __init__(self, st):
        self.st, self.net = st, st.net
        self.arcs = {}          # (edge, dir) -> (from, to, points, length)
        for e in self.net.edges.values():
            if e.level or e.road.cls in ("service",):
                continue
            if e.road.fwd:
                self.arcs[(e.id, 1)] = (e.a, e.b, e.pts, e.line.length)
            if e.road.bwd:
                self.arcs[(e.id, -1)] = (e.b, e.a, e.pts[::-1], e.line.length)
        self.leaving = {}
        for k in sorted(self.arcs):
            self.leaving.setdefault(self.arcs[k][0], []).append(k)
        self.stops = {}
        for key, row in {**STOPS, **SHUTTLE_STOPS}.items():
            self.stops[key] = self._snap(key, *row)
        self.lines, self.shapes = {}, {}

    def _snap(self, key, ko, en, road, x, y, h):
        best = None
        for (eid, sign), (a, b, pts, length) in self.arcs.items():
            e = self.net.edges[eid]
            if e.road.key != road:
                continue
            from shapely.geometry import LineString
            line = LineString([p[:2] for p in pts])
            lo, hi = self.st.setback(e, a) + 14, length - self.st.setback(e, b) - 22
            if hi < lo:
                continue
            s = min(max(line.project(Point(x, y)), lo), hi)
            px, py, hh = curves.at(pts, s)
            if abs((hh - h + 180) % 360 - 180) > 60:
                continue
            d = math.hypot(px - x, py - y)
            if best is None or d < best[0]:
                best = (d, eid, sign, s, px, py, hh, e)
        assert best and best[0] < 130, f"stop {key} finds no street ({best and best[0]})"
        _, eid, sign, s, px, py, hh, e = best
        rx, ry = right_of(hh)
        off = e.half(True) + 1.0
        shuttle = key.startswith("sh_")
        return dict(id=f"stop_{key}", key=key, kind="shuttle_stop" if shuttle else "bus_stop", x=px + rx * off, y=py + ry * off, name_ko=ko, name_en=en,
                    heading=hh, arc=(eid, sign), s=s, routes=[], edge=eid)

    def end_arc(self, text, leaving):
        """The arc at the map border of a road: entering (leaving=False) or leaving the scene."""
        road, side = text.split()
        cand = []
        for (eid, sign), (a, b, pts, length) in self.arcs.items():
            n = self.net.nodes[b if leaving else a]
            if self.net.edges[eid].road.key == road and n.kind == "end":
                cand.append((n.x if side == "E" else -n.x, (eid, sign)))
        return max(cand)[1]

    def path(self, start, goal, allowed):
        """Cheapest arc sequence from one arc to another (both included), without U-turns."""
        if start == goal:
            return [start]
        best, heap, seen = {start: 0.0}, [(0.0, start)], {}
        while heap:
            cost, arc = heapq.heappop(heap)
            if arc == goal:
                out = [arc]
                while out[-1] in seen:
                    out.append(seen[out[-1]])
                return out[::-1]
            if cost > best[arc]:
                continue
            for nxt in self.leaving.get(self.arcs[arc][1], ()):
                if nxt[0] == arc[0] or not allowed(self.net.edges[nxt[0]]):
                    continue
                rank = {"arterial": 1.0, "collector": 1.15}.get(self.net.edges[nxt[0]].road.cls, 2.5)
                c = cost + self.arcs[nxt][3] * rank + 20
                if c < best.get(nxt, 1e18):
                    best[nxt] = c
                    seen[nxt] = arc
                    heapq.heappush(heap, (c, nxt))
        raise AssertionError(f"no way from {start} to {goal}")

    def build(self):
        for rid, (colour, headway, runs) in ROUTES.items():
            for d, (entry, keys, leave) in enumerate(runs):
                arcs = [self.end_arc(entry, False), *(self.stops[k]["arc"] for k in keys), self.end_arc(leave, True)]
                self._line(rid, d, keys, arcs, colour, headway, lambda e: e.road.cls in ("arterial", "collector"))
        keys = ["sh_north", "sh_east", "sh_south", "sh_west", "sh_north"]
        self._line("alpha-shuttle", 0, keys, [self.stops[k]["arc"] for k in keys], SHUTTLE, 10, lambda e: e.road.loop)

    def _line(self, rid, direction, keys, arcs, colour, headway, allowed):
        way = [arcs[0]]
        loop = rid == "alpha-shuttle"
        for a, b in zip(arcs, arcs[1:]):
            if a == b:
                continue
            way += self.path(a, b, allowed)[1:]
        if loop:
            way.pop()       # the first arc again
        pts = []
        for arc in way:
            e = self.net.edges[arc[0]]
            lanes = e.road.fwd if arc[1] > 0 else e.road.bwd
            off = e.road.median / 2 + (lanes - 0.5) * e.road.width
            pts += curves.offset_polyline(self.arcs[arc][2], off)
        shape = _clean(pts)
        if loop:    # begin and end at the first stop
            s = self.stops[keys[0]]
            body = shape[:-1] if math.dist(shape[0], shape[-1]) < 30 else shape
            first = min(range(len(body)), key=lambda i: math.dist(body[i], (s["x"], s["y"])))
            shape = body[first:] + body[:first] + [body[first]]
        dist = [0.0]
        for a, b in zip(shape, shape[1:]):
            dist.append(dist[-1] + math.dist(a, b))
        times, last = [], 0.0
        for i, key in enumerate(keys):
            s = self.stops[key]
            at = 0.0 if loop and i == 0 else dist[-1] if loop and i == len(keys) - 1 else _along(shape, dist, s, last)
            last = at
            times.append((key, at))
            if rid not in s["routes"]:
                s["routes"].append(rid)
        self.lines.setdefault(rid, dict(colour=colour, headway=headway, runs=[]))["runs"].append(
            dict(direction=direction, shape=shape, dist=dist, stops=times, arcs=way))


def _clean(pts):
    out = [pts[0]]
    for p in pts[1:]:
        if math.dist(p, out[-1]) > 1.5:
            if len(out) > 1 and math.dist(p, out[-2]) < math.dist(out[-1], out[-2]) * 0.5:
                out.pop()      # offsets of two arcs overlap inside a bend
            out.append(p)
    return out


def _along(shape, dist, s, start):
    from shapely.geometry import LineString
    best = None
    for k, (a, b) in enumerate(zip(shape, shape[1:])):
        if dist[k + 1] < start:
            continue
        seg = LineString([a, b])
        d = seg.distance(Point(s["x"], s["y"]))
        if best is None or d < best[0] - 0.01:
            best = (d, dist[k] + seg.project(Point(s["x"], s["y"])))
    assert best[0] < 12, f"line misses stop {s['id']} by {best[0]:.1f} m"
    return max(best[1], start)


def hms(t):
    t = int(round(t))
    return f"{t // 3600:02d}:{t // 60 % 60:02d}:{t % 60:02d}"


def gtfs(tr, to_degrees):
    """The feed as {file: text}. Frequency-based; times are run times at 22 km/h
    (shuttle 11 km/h with its waits at signals) plus dwell."""
    ll = lambda x, y: "{0[1]:.6f},{0[0]:.6f}".format(to_degrees(x, y))
    q = lambda s: f'"{s}"' if "," in s else s
    f = {"agency.txt": "agency_id,agency_name,agency_url,agency_timezone,agency_lang\n"
                       "daegu-bus,대구광역시 시내버스 (재구성),https://www.daegu.go.kr,Asia/Seoul,ko\n"
                       "alpha-shuttle,알파시티 자율주행셔틀 (모의),https://www.daegu.go.kr,Asia/Seoul,ko\n",
         "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
                         "daily,1,1,1,1,1,1,1,20190101,20351231\nweekday,1,1,1,1,1,0,0,20190820,20351231\n",
         "feed_info.txt": "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n"
                          "Alpha City Twin (reconstruction),https://www.daegu.go.kr,ko,20190101,20351231,1\n"}
    f["stops.txt"] = "stop_id,stop_name,stop_lat,stop_lon,location_type\n" + "".join(
        f"{s['id']},{q(s['name_ko'])},{ll(s['x'], s['y'])},0\n" for _, s in sorted(tr.stops.items()) if s["routes"])
    routes, trips, times, freq, shapes = [], [], [], [], []
    for rid in sorted(tr.lines):
        line = tr.lines[rid]
        gid = ASCII.get(rid, rid)
        shuttle = rid == "alpha-shuttle"
        routes.append(f"{gid},{'alpha-shuttle' if shuttle else 'daegu-bus'},{'알파셔틀' if shuttle else rid},"
                      f"{'알파시티 자율주행 순환셔틀' if shuttle else rid + ' 시내버스 (장면 안 구간)'},3,{line['colour']},FFFFFF\n")
        for run in line["runs"]:
            tid = f"{gid}_{run['direction']}"
            service = "weekday" if shuttle else "daily"
            head = tr.stops[run["stops"][-1][0]]["name_ko"]
            trips.append(f"{gid},{service},{tid},{q(head)},{run['direction']},shape_{tid}\n")
            speed, dwell = (11 / 3.6, 60) if shuttle else (22 / 3.6, 20)
            t, prev = 0.0, run["stops"][0][1]
            for k, (key, at) in enumerate(run["stops"]):
                t += (at - prev) / speed
                prev = at
                leave = t + (dwell if 0 < k < len(run["stops"]) - 1 else 0)
                times.append(f"{tid},{hms(t)},{hms(leave)},{tr.stops[key]['id']},{k + 1},{at:.1f}\n")
                t = leave
            first, last = ("09:30:00", "17:30:00") if shuttle else ("05:30:00", "23:30:00")
            freq.append(f"{tid},{first},{last},{line['headway'] * 60},0\n")
            for k, (p, d) in enumerate(zip(run["shape"], run["dist"])):
                shapes.append(f"shape_{tid},{ll(*p)},{k + 1},{d:.1f}\n")
    f["routes.txt"] = "route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color\n" + "".join(routes)
    f["translations.txt"] = "table_name,field_name,language,translation,record_id\n" + "".join(
        f"routes,route_short_name,en,{ENGLISH[rid]},{ASCII.get(rid, rid)}\n" for rid in sorted(tr.lines) if rid in ENGLISH)
    f["trips.txt"] = "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\n" + "".join(trips)
    f["stop_times.txt"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n" + "".join(times)
    f["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs,exact_times\n" + "".join(freq)
    f["shapes.txt"] = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\n" + "".join(shapes)
    return f
