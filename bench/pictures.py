#!/usr/bin/env python3
"""Makes pictures beside libvips on one core: least CPU time, bytes, and SSIMULACRA2 against an exact resize.

usage: pictures.py [ROUNDS]   (run by ./dev bench pictures, which installs what it needs)

Both make the same pictures from the same files in turn; of each the least time of all rounds counts, and of
libvips the faster of its two ways (`thumbnail`, and the rule of images.weserv.nl). Trust the ratios, not the
milliseconds."""
import io
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys

import pyvips
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / 'shared' / 'pictures'
WORK = ROOT / 'target' / 'pictures'
OURS = ROOT / 'target' / 'bench' / 'release' / 'picture-bench'
PINNED = ['taskset', '-c', '1']
PHOTOS = ['people', 'zebra', 'puppy']
FOUR = [320, 640, 960, 1280]


def inputs():
    """Cuts news-like pictures from the photographs: 1600 x 1067, a mosaic of 24 megapixels, PNGs."""
    cut = []
    for name in PHOTOS:
        source = str(SHARED / 'fixtures' / 'photos' / f'{name}.jpg')
        photo = pyvips.Image.thumbnail(source, 1600, height=1067, crop='centre').copy_memory()
        photo.jpegsave(str(WORK / f'{name}.jpg'), Q=85, keep='none')
        photo.pngsave(str(WORK / f'{name}.png'), keep='none')
        cut.append(photo)
    tiles = [cut[(at * 7 + at // 4) % len(cut)] for at in range(16)]
    mosaic = pyvips.Image.arrayjoin(tiles, across=4).crop(0, 0, 6000, 4000)
    mosaic.jpegsave(str(WORK / 'mosaic.jpg'), Q=85, keep='none')


def peer(name, width, mode):
    """One run of the peer: {operation: (ms, bytes)}; what it makes lies in its folder `out`."""
    command = PINNED + [sys.executable, str(WORK / 'vips_bench.py'), mode, str(WORK / name), str(width), name]
    env = dict(os.environ, ONLY='V.', VIPS_CONCURRENCY='1')
    lines = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.splitlines()
    rows = [json.loads(line) for line in lines if line.startswith('{')]
    return {row['name']: (row['min'], row['bytes']) for row in rows}


def ours(name, widths, form):
    out = WORK / f'ours-{form}'
    wanted = ','.join(map(str, widths))
    command = PINNED + [str(OURS), 'time', str(WORK / name), wanted, form, str(out)]
    row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return row['ms'], row['bytes'], out


def reference(name, width):
    """Resizes the whole picture with Lanczos' filter, in numbers with a point and to the exact size."""
    with Image.open(WORK / name) as picture:
        whole = picture.convert('RGB')
    size = (width, round(whole.height * width / whole.width))
    channels = [channel.convert('F').resize(size, Image.LANCZOS) for channel in whole.split()]
    rounded = [channel.point(lambda value: value * 1 + 0.5).convert('L') for channel in channels]
    path = WORK / f'reference-{name}-{width}.png'
    Image.merge('RGB', rounded).save(path)
    return path


def score(expected, made):
    with Image.open(io.BytesIO(pathlib.Path(made).read_bytes())) as picture:
        picture.convert('RGB').save(WORK / 'made.png')
    command = [str(OURS), 'score', str(expected), str(WORK / 'made.png')]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def least(rows):
    """The least time of each operation over the rounds."""
    return {name: (min(row[name][0] for row in rows), rows[0][name][1]) for name in rows[0]}


def case(name, width, form, rounds):
    """Returns ratio of times, ratio of bytes, and both scores."""
    mode = 'png' if name.endswith('.png') else 'pipe'
    theirs, mine = [], []
    for _ in range(rounds):
        theirs.append(peer(name, width, mode))
        mine.append(ours(name, [width], form))
    theirs = least(theirs)
    suffix = 'jpg' if form == 'jpg' else 'webp.e4'
    ways = {way: theirs[f'V.{way}.{suffix}'] for way in ('thumb', 'weserv') if f'V.{way}.{suffix}' in theirs}
    files = {'jpg': '{}.vips-{}.jpg', 'webp': '{}.vips-{}-e4.webp'}
    file = files[form].format(name, 'thumb') if mode == 'pipe' else f'{name}.vips-e4.webp'
    expected = reference(name, width)
    ms, size, out = min(mine)[0], mine[0][1], mine[0][2]
    their_ms, their_size = min(time for time, _ in ways.values()), ways['thumb'][1]
    row = (their_ms / ms, size / their_size, score(expected, out), score(expected, WORK / 'out' / file))
    print(f'{name:11} {width:5} {form:5} {ms:7.1f} ms {their_ms:7.1f} {row[0]:6.2f} x '
          f'{size:8} B {their_size:8} {100 * row[1] - 100:+6.1f} % {row[2]:6.1f} {row[3]:6.1f}', flush=True)
    return row


def group(title, cases, rounds):
    print(f'\n{title}\npicture     width form      ours  libvips  faster      ours  libvips   bytes   S2 ours libvips')
    rows = [case(*one, rounds) for one in cases]
    mean = math.exp(sum(math.log(row[0]) for row in rows) / len(rows))
    size = math.exp(sum(math.log(row[1]) for row in rows) / len(rows))
    s2 = sum(row[2] - row[3] for row in rows) / len(rows)
    print(f'geometric mean {mean:.2f} x as fast, bytes {100 * size - 100:+.1f} %, SSIMULACRA2 {s2:+.2f}')


def four_widths(form, rounds):
    suffix = 'jpg' if form == 'jpg' else 'webp.e4'
    mine, theirs = [], {width: [] for width in FOUR}
    for _ in range(rounds):
        mine.append(ours('mosaic.jpg', FOUR, form))
        for width in FOUR:
            theirs[width].append(peer('mosaic.jpg', width, 'pipe'))
    best = [least(theirs[width]) for width in FOUR]
    their_ms = sum(min(row[f'V.thumb.{suffix}'][0], row[f'V.weserv.{suffix}'][0]) for row in best)
    their_size = sum(row[f'V.thumb.{suffix}'][1] for row in best)
    ms, size = min(mine)[0], mine[0][1]
    print(f'24 megapixels to {FOUR} as {form}: {ms:.1f} ms, libvips {their_ms:.1f}: {their_ms / ms:.2f} x as fast, '
          f'bytes {100 * size / their_size - 100:+.1f} %', flush=True)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    (WORK / 'out').mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SHARED / 'bench' / 'vips_bench.py', WORK / 'vips_bench.py')
    inputs()
    print(f'libvips {pyvips.version(0)}.{pyvips.version(1)}.{pyvips.version(2)}, one core, {rounds} rounds')
    jpegs = [f'{name}.jpg' for name in PHOTOS]
    group('JPEG to JPEG, quality 80', [(name, width, 'jpg') for width in (900, 320) for name in jpegs], rounds)
    group('JPEG to WebP, quality 75', [(name, width, 'webp') for width in (900, 320) for name in jpegs], rounds)
    group('PNG to WebP, quality 75', [(f'{name}.png', 900, 'webp') for name in PHOTOS], rounds)
    group('24 megapixels to 900', [('mosaic.jpg', 900, 'jpg'), ('mosaic.jpg', 900, 'webp')], rounds)
    print()
    four_widths('jpg', rounds)
    four_widths('webp', rounds)


if __name__ == '__main__':
    main()
