# SPDX-License-Identifier: Apache-2.0
"""Spots on the streets around a view of the city, far apart from each other."""
import json
import math

METRES = 111_320.0


def spots(pack, centre, radius, count):
    """`count` pairs (lat, lon) on roads within `radius` metres of (lat, lon), each as far as can be from those before."""
    narrow = math.cos(math.radians(centre[0]))

    def flat(lat, lon):
        return (lon - centre[1]) * narrow * METRES, (lat - centre[0]) * METRES

    points = []
    for feature in json.loads((pack / "roads.geojson").read_text(encoding="utf-8"))["features"]:
        line = feature["geometry"]["coordinates"]
        for (lon0, lat0), (lon1, lat1) in zip((p[:2] for p in line), (p[:2] for p in line[1:])):
            steps = max(1, int(math.dist(flat(lat0, lon0), flat(lat1, lon1)) / 12))
            points += [(lat0 + (lat1 - lat0) * i / steps, lon0 + (lon1 - lon0) * i / steps) for i in range(steps)]
    points = sorted({p for p in points if math.hypot(*flat(*p)) < radius})
    chosen = [min(points, key=lambda p: math.hypot(*flat(*p)))]
    room = {p: math.dist(flat(*p), flat(*chosen[0])) for p in points}
    while len(chosen) < count:
        chosen.append(max(points, key=lambda p: room[p]))
        for p in points:
            room[p] = min(room[p], math.dist(flat(*p), flat(*chosen[-1])))
    return chosen
