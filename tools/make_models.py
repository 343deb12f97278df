#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes every model of assets/models as binary glTF 2.0, with models.toml beside them.

Usage: tools/make_models.py [--out assets/models] [--list]

The same files come out each time. Model frame: metres, x forward, y left, z up; stored in glTF's
y-up frame as (x, y, z) -> (y, z, x), front towards +z. Nodes are <name>_lod0 (finest), _lod1 ...
and <name>_blob (contact shadow). Materials carry the names of surface kinds (tools/models/palette.py).
Street lamps reach along +x; signal masts hold their arm along +x with lenses facing +y; every other
thing faces +x. Trees have height 1 and crown diameter 1 and are scaled by their instance.
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from models import devices, marks, people, trees, vehicles  # noqa: E402
from models.glb import Glb  # noqa: E402


def collect():
    """Rows of (name, group, levels, blob or None, size (length, width, height), headlights)."""
    rows = []
    lit = {"person": False, "bicycle": False}
    for name, (levels, shadow, size) in {**vehicles.all_vehicles(), **people.all_people()}.items():
        rows.append((name, "vehicle", levels, shadow, size, lit.get(name, True)))
    for name, levels in trees.all_trees().items():
        rows.append((name, "tree", levels, None, (1.0, 1.0, 1.0), False))
    for name, (levels, height) in devices.all_devices().items():
        rows.append((name, "device", levels, None, extent(levels[0], height), False))
    for name, (levels, height) in marks.all_marks().items():
        rows.append((name, "mark", levels, None, extent(levels[0], height), False))
    return rows


def extent(shape, height):
    low, high = shape.bounds()
    return (high[0] - low[0], high[1] - low[1], height)


def catalogue(rows):
    lines = ["# SPDX-License-Identifier: Apache-2.0",
             "# Written by tools/make_models.py. group: vehicle | tree | device | mark; size = length (x), width (y),",
             "# height (z) in metres; headlights: lights the ground ahead when they are on.", ""]
    for name, group, levels, shadow, size, headlights in rows:
        lines += ["[[model]]", f'name = "{name}"', f'file = "{name}.glb"', f'group = "{group}"',
                  "size = [%.2f, %.2f, %.2f]" % size, "triangles = [%s]" % ", ".join(str(s.triangle_count()) for s in levels),
                  f"moves = {str(group == 'vehicle').lower()}", f"headlights = {str(headlights).lower()}", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    root = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--out", type=pathlib.Path, default=root / "assets" / "models")
    parser.add_argument("--list", action="store_true", help="only print name, triangles and bounds")
    options = parser.parse_args()
    rows = collect()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, _, levels, shadow, size, _ in rows:
        glb = Glb()
        for i, level in enumerate(levels):
            glb.mesh(f"{name}_lod{i}", level)
        if shadow:
            glb.mesh(f"{name}_blob", shadow)
        data = glb.bytes()
        if options.list:
            low, high = levels[0].bounds()
            box = " ".join("%6.2f" % (high[i] - low[i]) for i in range(3))
            stated = " ".join("%6.2f" % v for v in size)
            print(f"{name:16s} {len(data):6d} B  triangles {[s.triangle_count() for s in levels]}  size {box}  stated {stated}")
        else:
            (options.out / f"{name}.glb").write_bytes(data)
    if not options.list:
        (options.out / "models.toml").write_text(catalogue(rows))


if __name__ == "__main__":
    main()
