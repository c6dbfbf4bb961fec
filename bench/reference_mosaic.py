"""Draws a mosaic of 36 slices of a folder as one would first write it with pydicom and Pillow.

    python3 bench/reference_mosaic.py FOLDER OUTPUT [HEADERS]

It is what bench/compare_mosaic.ts sets series-preview beside: reads the headers of all files, sorts
them along the normal of their planes, head first, takes 36 that are spread evenly, windows them by
their own window, resizes them by Pillow's Lanczos filter to tiles of 128 pixels and writes WebP at
quality 60. With HEADERS, all values of all headers are kept there as JSON, a line each: what an index of
series-preview holds, too.
"""

import json
import os
import sys

import numpy as np
import pydicom
from PIL import Image

COUNT, ACROSS, SIDE = 36, 6, 128


def place(header):
    row, column = np.array(header.ImageOrientationPatient, dtype=float).reshape(2, 3)
    return float(np.dot(np.cross(row, column), np.array(header.ImagePositionPatient, dtype=float)))


def draw(path):
    slice_ = pydicom.dcmread(path)
    values = slice_.pixel_array * float(slice_.RescaleSlope) + float(slice_.RescaleIntercept)
    width, center = float(slice_.WindowWidth), float(slice_.WindowCenter)
    grey = ((values - (center - 0.5)) / (width - 1) + 0.5) * 255
    picture = Image.fromarray(np.clip(grey, 0, 255).round().astype(np.uint8))
    return picture.resize((SIDE, SIDE), Image.LANCZOS)


folder, output, *kept = sys.argv[1:]
paths = [os.path.join(folder, name) for name in os.listdir(folder)]
keeper = open(kept[0], "w") if kept else None
placed = []
for path in paths:
    header = pydicom.dcmread(path, stop_before_pixels=True)
    placed.append((place(header), path))
    if keeper:
        keeper.write(json.dumps(header.to_json_dict()) + "\n")
placed.sort(reverse=True)
canvas = Image.new("L", (ACROSS * SIDE, COUNT // ACROSS * SIDE))
for i in range(COUNT):
    _, path = placed[round(i * (len(placed) - 1) / (COUNT - 1))]
    canvas.paste(draw(path), (i % ACROSS * SIDE, i // ACROSS * SIDE))
canvas.save(output, quality=60)
