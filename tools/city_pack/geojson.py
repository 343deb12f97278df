# SPDX-License-Identifier: Apache-2.0
"""GeoJSON writer: one feature per line, fixed rounding, so that a diff of the pack reads well."""
import json
from pathlib import Path

from shapely.geometry import Polygon
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from . import geo


def position(p):
    lon, lat = geo.to_degrees(p[0], p[1])
    out = [round(lon, 7), round(lat, 7)]
    if len(p) > 2:
        out.append(round(float(p[2]), 2))
    return out


def line(pts):
    out = []
    for p in pts:
        q = position(p)
        if not out or q[:2] != out[-1][:2]:
            out.append(q)
    return {"type": "LineString", "coordinates": out}


def polygon(p):
    opened = p.buffer(-0.25, join_style=2).buffer(0.25, join_style=2)    # spikes would fold under rounding
    p = max(getattr(opened, "geoms", [opened]), key=lambda q: q.area)
    holes = [h.simplify(0.03).coords for h in p.interiors if Polygon(h).area > 1.0]
    p = orient(Polygon(p.exterior.simplify(0.03).coords, holes))
    assert p.is_valid, f"invalid polygon near {p.exterior.coords[0]}: {explain_validity(p)}"
    return {"type": "Polygon", "coordinates": [[position(c) for c in ring.coords] for ring in (p.exterior, *p.interiors)]}


def point(x, y, z=None):
    return {"type": "Point", "coordinates": position((x, y) if z is None else (x, y, z))}


def feature(geometry, props):
    clean = {k: (round(v, 2) if isinstance(v, float) else v) for k, v in props.items() if v is not None and v != ""}
    return {"type": "Feature", "id": props["id"], "properties": clean, "geometry": geometry}


def collection(path, features, **members):
    head = {"type": "FeatureCollection", "name": Path(path).stem, **members}
    rows = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = json.dumps(head, ensure_ascii=False)[:-1] + ',\n"features": [\n' + ",\n".join(rows) + "\n]}\n"
    Path(path).write_text(text, encoding="utf-8")
