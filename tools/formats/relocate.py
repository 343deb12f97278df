# SPDX-License-Identifier: Apache-2.0
"""Brings a payload of another place and time to a spot of this city and to now, and changes nothing else."""
import datetime
import json
import math
import re

METRES = 111_320.0  # per degree of latitude
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
LATITUDES, LONGITUDES = ("latitude", "lat"), ("longitude", "lon", "long", "lng")


class Mover:
    """Maps the places that it was shown into a square of `reach` metres around the spot, never enlarged."""

    def __init__(self, spot, reach):
        self.spot, self.reach, self.low, self.high = spot, reach, (math.inf, math.inf), (-math.inf, -math.inf)

    def show(self, lat, lon):
        self.low = min(self.low[0], lat), min(self.low[1], lon)
        self.high = max(self.high[0], lat), max(self.high[1], lon)
        return lat, lon

    def move(self, lat, lon):
        middle = (self.low[0] + self.high[0]) / 2, (self.low[1] + self.high[1]) / 2
        narrow = math.cos(math.radians(middle[0]))
        extent = max(self.high[0] - self.low[0], (self.high[1] - self.low[1]) * narrow, 1e-9) * METRES
        scale = min(1.0, self.reach / extent)
        east = (lon - middle[1]) * narrow * scale / math.cos(math.radians(self.spot[0]))
        return round(self.spot[0] + (lat - middle[0]) * scale, 7), round(self.spot[1] + east, 7)


def key_of(names, wanted):
    return next((name for name in names if name.lower() in wanted), None)


def walk(node, visit):
    """Calls visit(lat, lon) for every place of a JSON tree and puts in what it answers. J2735 counts in 1e-7 degrees."""
    if isinstance(node, list):
        return [walk(item, visit) for item in node]
    if not isinstance(node, dict):
        return node
    lat, lon = key_of(node, LATITUDES), key_of(node, LONGITUDES)
    here = {}
    if lat and lon and all(isinstance(node[k], (int, float)) and not isinstance(node[k], bool) for k in (lat, lon)):
        unit = 1e-7 if isinstance(node[lat], int) and abs(node[lat]) > 90 else 1
        moved = visit(node[lat] * unit, node[lon] * unit)
        here = {lat: round(moved[0] / unit) if unit != 1 else moved[0], lon: round(moved[1] / unit) if unit != 1 else moved[1]}
    result = {}
    for key, value in node.items():
        if key in here:
            result[key] = here[key]
        elif key == "coordinates":
            result[key] = pairs(value, visit)
        elif key.startswith("node-LL"):  # an offset, not a place
            result[key] = value
        else:
            result[key] = walk(value, visit)
    return result


def pairs(node, visit):
    """GeoJSON coordinates, at any depth."""
    if node and isinstance(node[0], (int, float)):
        lat, lon = visit(node[1], node[0])
        return [lon, lat] + node[2:]
    return [pairs(item, visit) for item in node]


def json_at(tree, spot, reach=60):
    mover = Mover(spot, reach)
    walk(tree, mover.show)
    return walk(tree, mover.move)


def xml_at(text, spot, reach=60):
    """Lists of "lat lon" and "lat,lon" (posList, pos, polygon, circle), and <latitude> followed by <longitude>."""
    mover = Mover(spot, reach)
    lists = re.compile(r"(<(?:\w+:)?(?:posList|pos|polygon|circle)[^>]*>)([^<]*)(<)")
    single = re.compile(r"(<(?:\w+:)?(?:latitude|lat)>)([^<]*)(</[^>]*>\s*<(?:\w+:)?(?:longitude|long)>)([^<]*)(<)")
    two = re.compile(r"(-?\d+\.\d+)([ ,])(-?\d+\.\d+)")

    def rewrite(visit):
        def pair(m):
            lat, lon = visit(float(m[1]), float(m[3]))
            return f"{lat}{m[2]}{lon}"

        def one(m):
            unit = 1 if "." in m[2] else 1e-7
            lat, lon = visit(float(m[2]) * unit, float(m[4]) * unit)
            write = (lambda v: str(v)) if unit == 1 else (lambda v: str(round(v / unit)))
            return m[1] + write(lat) + m[3] + write(lon) + m[5]

        return single.sub(one, lists.sub(lambda m: m[1] + two.sub(pair, m[2]) + m[3], text))

    rewrite(mover.show)
    return rewrite(mover.move)


def moment(text):
    when = datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
    return when if when.tzinfo else when.replace(tzinfo=datetime.timezone.utc)


def iso_now(text, begins=False):
    """Shifts all ISO 8601 times alike: the last to two seconds ago, or, of what begins and ends, the first to ten
    minutes ago."""
    times = [moment(t) for t in ISO.findall(text)]
    if not times:
        return text
    now = datetime.datetime.now(datetime.timezone.utc)
    shift = now - datetime.timedelta(minutes=10) - min(times) if begins else now - datetime.timedelta(seconds=2) - max(times)
    return ISO.sub(lambda m: (moment(m[0]) + shift).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), text)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def dump(tree):
    return json.dumps(tree, ensure_ascii=False)
