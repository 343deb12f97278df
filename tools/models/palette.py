# SPDX-License-Identifier: Apache-2.0
"""Materials of the models: name -> (surface kind, sRGB albedo).

The part of a name before the dot is the surface kind that the importer maps to kSurface...; what
follows only tells colours apart. Body panels are near white because they are multiplied by the
colour of the instance.
"""

MATERIALS = {
    "body": "F1F0EC",
    "body.trim": "C9C8C4",
    "glass": "5E7482",
    "plain.tyre": "2B2D30",
    "plain.dark": "3A3D41",
    "plain.hub": "A5A8AA",
    "plain.metal": "9DA2A6",
    "plain.pole": "7E858A",
    "plain.light": "DEDCD6",
    "plain.white": "EDEBE6",
    "plain.plate": "E4E6E2",
    "plain.black": "26282B",
    "plain.wood": "A98F6F",
    "plain.bark": "7A6A5A",
    "plain.barkred": "96694F",
    "plain.barkpale": "8D8378",
    "plain.skin": "D9B39A",
    "plain.hair": "3B332E",
    "plain.trousers": "4E5560",
    "plain.stripe": "C8552B",
    "plain.red": "B23A34",
    "plain.blue": "2F5C9E",
    "plain.green": "4F8A5B",
    "plain.teal": "3F8F99",
    "plain.yellow": "E0B23C",
    "plain.belt": "C9CCCD",
    "headlight": "F3F1E8",
    "headlight.amber": "FFB347",
    "headlight.sign": "FFD98A",
    "taillight": "A8322E",
    "indicator_left": "E89A2E",
    "indicator_right": "E89A2E",
    "lens0": "FF3B30",
    "lens1": "FFC21A",
    "lens1.green": "1FE08A",
    "lens2": "1FE08A",
    "lens3": "1FE08A",
    "lamphead": "F4EFE2",
    "foliage_evergreen": "5C7A55",
    "foliage_evergreen.pine": "5A7657",
    "foliage_deciduous.zelkova": "7C9766",
    "foliage_deciduous.ginkgo": "92A065",
    "foliage_deciduous.cherry": "86A06F",
    "foliage_deciduous.oak": "6F8A5C",
    "foliage_deciduous.metasequoia": "759266",
    "screen": "22262B",
    "status": "FFFFFF",
    "gauge": "D9DCDE",
    "blob": "000000",
}


def linear(name):
    """Linear RGB of a material, as glTF's baseColorFactor wants it."""
    text = MATERIALS[name]
    out = []
    for i in (0, 2, 4):
        c = int(text[i:i + 2], 16) / 255.0
        out.append(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
    return out
