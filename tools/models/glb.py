# SPDX-License-Identifier: Apache-2.0
"""Writes shapes as one binary glTF 2.0 file (Khronos, glTF 2.0 specification, section 4.4).

glTF is y up with the front towards +z; our model frame is x forward, y left, z up. The standard
conversion is the cyclic change (x, y, z) -> (y, z, x); the importer turns it back. COLOR_0 is a grey:
the openness of the vertex (255 open, 0 occluded), which other viewers show as baked occlusion.
"""

import json
import struct

from .palette import linear
from .shape import default_openness


def to_gltf(p):
    return (p[1], p[2], p[0])


def corners(shape):
    """(material, position, normal, uv, openness) of every corner, grouped: {material: [triangle corners]}."""
    groups = {}
    for face, normals in zip(shape.faces, shape.corner_normals()):
        row = []
        for i, p in enumerate(face.points):
            o = face.openness
            if isinstance(o, list):
                o = o[i]
            if o is None:
                o = default_openness(p, normals[i])
            row.append((p, normals[i], face.uv[i] if face.uv else None, round(min(max(o, 0.0), 1.0) * 255)))
        for i in range(1, len(row) - 1):
            groups.setdefault(face.material, []).append((row[0], row[i], row[i + 1]))
    return groups


class Glb:
    def __init__(self):
        self.binary = bytearray()
        self.json = {
            "asset": {"version": "2.0", "generator": "tools/make_models.py", "copyright": "Apache-2.0"},
            "scene": 0, "scenes": [{"nodes": []}], "nodes": [], "meshes": [], "materials": [],
            "accessors": [], "bufferViews": [], "buffers": [],
        }
        self.material_index = {}

    def material(self, name):
        if name not in self.material_index:
            self.material_index[name] = len(self.json["materials"])
            factor = [round(c, 5) for c in linear(name)] + [1.0]
            self.json["materials"].append({"name": name, "pbrMetallicRoughness": {
                "baseColorFactor": factor, "metallicFactor": 0.0, "roughnessFactor": 0.8}})
        return self.material_index[name]

    def accessor(self, data, component, kind, count, target, normalized=False, low=None, high=None):
        while len(self.binary) % 4:
            self.binary.append(0)
        self.json["bufferViews"].append({"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data), "target": target})
        self.binary += data
        entry = {"bufferView": len(self.json["bufferViews"]) - 1, "componentType": component, "count": count, "type": kind}
        if normalized:
            entry["normalized"] = True
        if low:
            entry["min"], entry["max"] = low, high
        self.json["accessors"].append(entry)
        return len(self.json["accessors"]) - 1

    def primitive(self, material, triangles):
        vertices, index, indices = [], {}, []
        for triangle in triangles:
            for corner in triangle:
                p, n, uv, o = corner
                key = (tuple(round(c, 5) for c in p), tuple(round(c, 4) for c in n), uv, o)
                if key not in index:
                    index[key] = len(vertices)
                    vertices.append(corner)
                indices.append(index[key])
        f32 = lambda values: [struct.unpack("<f", struct.pack("<f", v))[0] for v in values]
        positions = [f32(to_gltf(v[0])) for v in vertices]
        low = [min(p[i] for p in positions) for i in range(3)]
        high = [max(p[i] for p in positions) for i in range(3)]
        pack = lambda rows: b"".join(struct.pack("<%df" % len(r), *r) for r in rows)
        n = len(vertices)
        attributes = {
            "POSITION": self.accessor(pack(positions), 5126, "VEC3", n, 34962, low=low, high=high),
            "NORMAL": self.accessor(pack([to_gltf(v[1]) for v in vertices]), 5126, "VEC3", n, 34962),
            "COLOR_0": self.accessor(bytes(c for v in vertices for c in (v[3], v[3], v[3], 255)), 5121, "VEC4", n, 34962, True),
        }
        if any(v[2] is not None for v in vertices):
            attributes["TEXCOORD_0"] = self.accessor(pack([v[2] or (0.0, 0.0) for v in vertices]), 5126, "VEC2", n, 34962)
        return {"attributes": attributes, "material": self.material(material),
                "indices": self.accessor(struct.pack("<%dH" % len(indices), *indices), 5123, "SCALAR", len(indices), 34963)}

    def mesh(self, name, shape):
        groups = corners(shape)
        primitives = [self.primitive(m, groups[m]) for m in sorted(groups)]
        self.json["meshes"].append({"name": name, "primitives": primitives})
        self.json["nodes"].append({"name": name, "mesh": len(self.json["meshes"]) - 1})
        self.json["scenes"][0]["nodes"].append(len(self.json["nodes"]) - 1)

    def bytes(self):
        while len(self.binary) % 4:
            self.binary.append(0)
        self.json["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.json, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.binary)
        return (struct.pack("<4sII", b"glTF", 2, total) + struct.pack("<I4s", len(text), b"JSON") + text +
                struct.pack("<I4s", len(self.binary), b"BIN\0") + bytes(self.binary))
