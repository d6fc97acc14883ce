#!/usr/bin/env python3
"""Makes crest.png (RGB with transparency) and signature.png (grey with transparency).

Both are drawn point by point, so that the sample needs no artwork of anybody's. Run it in this
folder; the result is always the same bytes."""

import math
import struct
import zlib

SAMPLES = 3  # a pixel's colour is the mean of SAMPLES * SAMPLES points


def png(path, width, height, colour_type, pixel):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                  + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def mean(shade, channels, x, y, size):
    """Colour and opacity of a pixel. shade(u, v) gives a colour or None; u is 1 at the right edge."""
    steps = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    hits = [c for c in (shade((x + i) / size, (y + j) / size) for i in steps for j in steps) if c]
    if not hits:
        return bytes(channels + 1)
    colour = bytes(round(sum(c[k] for c in hits) / len(hits)) for k in range(channels))
    return colour + bytes([round(255 * len(hits) / SAMPLES ** 2)])


WHITE, GREEN, BLUE, GOLD = (255, 255, 255), (28, 92, 64), (52, 122, 183), (226, 178, 52)


def star(u, v, x, y, radius):
    angle, distance = math.atan2(u - x, y - v), math.hypot(u - x, v - y)
    return distance < radius * (0.68 + 0.32 * math.cos(5 * angle))


def in_shield(u, v, edge):
    half = 0.46 - edge
    if v < 0.04 + edge or abs(u - 0.5) > half:
        return False
    return v < 0.55 or ((u - 0.5) / half) ** 2 + ((v - 0.55) / (0.6 - edge)) ** 2 < 1


def crest(u, v):
    if not in_shield(u, v, 0):
        return None
    if not in_shield(u, v, 0.035):
        return GREEN
    if any(star(u, v, x, y, 0.085) for x, y in ((0.27, 0.24), (0.5, 0.18), (0.73, 0.24))):
        return GOLD
    wave = 0.022 * math.sin(u * 22)
    return BLUE if any(abs(v - y - wave) < 0.028 for y in (0.48, 0.62, 0.76, 0.9)) else WHITE


CELL = 60  # the pen's points are looked up in cells, so that each pixel sees only those near it


def pen():
    cells = {}
    for t in (i / 1400 for i in range(1400)):
        x = 0.06 + 0.88 * t + 0.05 * math.sin(40 * t)
        y = 0.17 + 0.11 * (1 - 0.55 * t) * math.sin(46 * t + 1) * math.cos(7 * t)
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                cells.setdefault((int(x * CELL) + i, int(y * CELL) + j), []).append((x, y))
    return cells


PEN = pen()


def ink(u, v):
    near = PEN.get((int(u * CELL), int(v * CELL)), ())
    return (34,) if any(math.hypot(u - x, v - y) < 0.0055 for x, y in near) else None


png("crest.png", 132, 152, 6, lambda x, y: mean(crest, 3, x, y, 132))
png("signature.png", 300, 102, 4, lambda x, y: mean(ink, 1, x, y, 300))
