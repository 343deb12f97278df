# SPDX-License-Identifier: Apache-2.0
"""What street furniture shares: poles, boxes, the glowing state band.

What a device looks at, or shows its face to, is +x, except signals: their mast arm runs along +x and
their lenses face +y (traffic that drives along -y sees red at its left). A `status` part glows in the
instance's colour. Lamps reach over the road along +x.
"""



FRONT, BACK, LEFT, RIGHT, UP = (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1)


def pole(s, height, radius, top=None, sides=8, x=0.0, y=0.0, material="plain.pole", foot=True):
    if foot:
        s.tube([(x, y, 0), (x, y, 0.12)], [radius * 1.9, radius * 1.7], sides, "plain.dark", openness=0.6)
    s.tube([(x, y, 0), (x, y, height * 0.25), (x, y, height)], [radius, radius, top or radius * 0.75], sides, material)


def thin(s, height, radius, x=0.0, y=0.0, material="plain.pole"):
    s.tube([(x, y, 0), (x, y, height)], [radius, radius * 0.8], 4, material, cap=False)


def collar(s, z, radius, sides=8, height=0.10, x=0.0, y=0.0):
    """The glowing band that carries a device's state."""
    s.tube([(x, y, z), (x, y, z + height)], [radius, radius], sides, "status", openness=1.0, start_cap=True)


def cabinet(s, x0, x1, y0, y1, z0, z1, material="plain.light"):
    s.box(x0, x1, y0, y1, z0, z1, material, bottom=True)


def camera_box(s, x, y, z):
    s.box(x - 0.05, x + 0.36, y - 0.08, y + 0.08, z - 0.07, z + 0.07, "plain.light", bottom=True)
    s.box(x - 0.08, x + 0.44, y - 0.10, y + 0.10, z + 0.07, z + 0.09, "plain.white", bottom=True)
    s.panel((x + 0.367, y, z), LEFT, UP, 0.12, 0.11, "glass")
