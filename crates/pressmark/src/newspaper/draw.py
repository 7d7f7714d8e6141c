"""Draws the newspaper's pictures into pictures/.

Run: pip install pillow numpy && python3 draw.py [NAME…]

Everything is drawn at twice the size and scaled down once, so edges are soft, and saved
at the best quality that fits `BYTES_MAX`. The same seed draws the same picture.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT, SCALE = 1280, 853, 2
BYTES_MAX = 60_000
OUT = Path(__file__).parent / "pictures"


def rgb(text):
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32)


def ramp(stops, ts):
    """Colours along `stops` = [(t, '#rrggbb'), …] at the numbers `ts`."""
    at = [t for t, _ in stops]
    colours = np.stack([rgb(c) for _, c in stops])
    return np.stack([np.interp(ts, at, colours[:, i]) for i in range(3)], axis=-1)


class Canvas:
    """A float picture whose coordinates are those of the finished 1280×853 one."""

    def __init__(self, sky, seed):
        self.random = np.random.default_rng(seed)
        rows = ramp(sky, np.linspace(0, 1, HEIGHT * SCALE))
        self.pixels = np.repeat(rows[:, None, :], WIDTH * SCALE, axis=1).astype(np.float32)

    def shape(self, draw, fill, alpha=1.0, blur=0.0):
        """Paints what `draw(pen)` draws; `fill` is a colour or (top, bottom) of a gradient."""
        mask = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE), 0)
        draw(Pen(ImageDraw.Draw(mask)))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        box = mask.getbbox()
        if not box:
            return
        x0, y0, x1, y1 = box
        part = np.asarray(mask.crop(box), dtype=np.float32)[..., None] / 255 * alpha
        if isinstance(fill, tuple):
            colour = ramp([(0, fill[0]), (1, fill[1])], np.linspace(0, 1, y1 - y0))[:, None, :]
        else:
            colour = rgb(fill)
        view = self.pixels[y0:y1, x0:x1]
        view += (colour - view) * part

    def poly(self, points, fill, alpha=1.0, blur=0.0):
        self.shape(lambda pen: pen.poly(points), fill, alpha, blur)

    def box(self, x, y, w, h, fill, alpha=1.0, blur=0.0):
        self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, alpha, blur)

    def disc(self, x, y, r, fill, alpha=1.0, blur=0.0, ry=None):
        self.shape(lambda pen: pen.disc(x, y, r, ry or r), fill, alpha, blur)

    def lines(self, lines, fill, width, alpha=1.0, blur=0.0):
        self.shape(lambda pen: [pen.line(points, width) for points in lines], fill, alpha, blur)

    def glow(self, x, y, radius, colour, strength, squash=1.0):
        """Adds light that falls off from a point."""
        ys, xs = np.mgrid[0 : HEIGHT * SCALE, 0 : WIDTH * SCALE].astype(np.float32) / SCALE
        far = ((xs - x) ** 2 + ((ys - y) / squash) ** 2) / radius**2
        light = np.exp(-far * 2.2)[..., None] * strength
        self.pixels += (rgb(colour) - self.pixels) * light

    def ridge(self, base, height, fill, rough=1.0, slope=0.0, foot=HEIGHT):
        """Paints a line of hills from the skyline down to `foot`."""
        xs = np.arange(0, WIDTH + 4, 4)
        line = np.full(xs.shape, float(base))
        for octave in range(1, 7):
            wave = 2 * np.pi * xs / WIDTH * octave * (0.6 + self.random.random())
            line -= np.sin(wave + self.random.random() * 6.3) * height * 0.5 / octave**1.35 * rough
        line -= slope * (xs / WIDTH - 0.5) * height
        points = [(x, min(y, foot)) for x, y in zip(xs, line)]
        self.poly([(0, foot), *points, (WIDTH, foot)], fill)

    def water(self, top, stops, glint, bottom=HEIGHT, count=420, alpha=0.35, centre=None):
        """Paints a sea: a gradient and flat ripples that grow towards the viewer."""
        y0, y1 = int(top * SCALE), int(bottom * SCALE)
        rows = ramp(stops, np.linspace(0, 1, y1 - y0))
        self.pixels[y0:y1] = rows[:, None, :]
        depth = self.random.random(count) ** 1.7
        middle = self.random.random(count) * WIDTH
        if centre is not None:
            spread = 40 + 420 * depth
            middle = centre + self.random.normal(size=count) * spread

        def ripples(pen):
            for x, d in zip(middle, depth):
                y = top + 3 + d * (bottom - top)
                pen.disc(x, y, 10 + 70 * d * self.random.random(), 0.5 + 1.5 * d)

        self.shape(ripples, glint, alpha, blur=0.9)

    def clouds(self, y, spread, fill, count, alpha, length=160):
        def bank(pen):
            for _ in range(count):
                x = self.random.random() * WIDTH
                line = y + self.random.normal() * spread
                for _ in range(5):
                    pen.disc(
                        x + self.random.normal() * length * 0.6,
                        line + self.random.normal() * 4,
                        length * (0.4 + self.random.random() * 0.6),
                        3 + self.random.random() * 7,
                    )

        self.shape(bank, fill, alpha, blur=7)

    def gulls(self, places, fill, alpha=0.8):
        for x, y, size in places:
            left = [(x - size, y - size * 0.35), (x - size * 0.45, y - size * 0.5), (x, y)]
            right = [(x, y), (x + size * 0.45, y - size * 0.55), (x + size, y - size * 0.25)]
            self.lines([left, right], fill, max(1.2, size * 0.13), alpha)

    def finish(self, name, **options):
        picture = Image.fromarray(np.clip(self.pixels, 0, 255).astype(np.uint8))
        small = picture.resize((WIDTH, HEIGHT), Image.BOX)
        for quality in range(82, 50, -2):
            small.save(OUT / name, quality=quality, **options)
            if (OUT / name).stat().st_size <= BYTES_MAX:
                break
        print(name, quality)


class Pen:
    """Draws on a mask in the finished picture's coordinates."""

    def __init__(self, draw):
        self.draw = draw

    def poly(self, points):
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)

    def box(self, x, y, w, h):
        self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])

    def disc(self, x, y, rx, ry=None):
        ry = ry or rx
        self.draw.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=255)

    def line(self, points, width):
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=255, width=max(1, round(width * SCALE)), joint="curve")

    def arch(self, x, y, w, h):
        self.box(x, y + w / 2, w, h - w / 2)
        self.disc(x + w / 2, y + w / 2, w / 2)


JPEG = {"optimize": True, "progressive": True}


def lighthouse():
    c = Canvas([(0, "#1f3554"), (0.28, "#4b6488"), (0.46, "#b88f92"), (0.58, "#f0b98a"), (1, "#f6d3a2")], 11)
    c.glow(930, 520, 420, "#ffdca6", 0.75, squash=0.55)
    c.clouds(190, 42, "#2c4263", 9, 0.5, 220)
    c.clouds(330, 30, "#e7a98f", 10, 0.55, 200)
    c.clouds(410, 16, "#fbd9ad", 8, 0.6, 150)
    c.ridge(508, 46, ("#9d8496", "#b79797"), foot=540)
    c.water(522, [(0, "#d9a58c"), (0.2, "#8f7f92"), (0.6, "#3f5475"), (1, "#1d3049")], "#ffe0b0", centre=930, count=520, alpha=0.5)
    c.shape(lambda pen: [pen.disc(x, 560 + d * 280, 20 + 80 * d, 1 + d) for x, d in zip(c.random.random(160) * WIDTH, c.random.random(160))], "#20344f", 0.4, 1)
    c.poly([(392, 262), (1290, 150), (1290, 235)], "#fff0c4", 0.24, 9)
    c.poly([(392, 262), (-20, 205), (-20, 255)], "#fff0c4", 0.16, 9)
    headland = [(-10, 600), (60, 578), (160, 566), (250, 548), (330, 540), (460, 542), (540, 566), (590, 596), (640, 640), (720, 672), (700, 700), (560, 740), (420, 800), (300, HEIGHT), (-10, HEIGHT)]
    c.poly(headland, ("#41404f", "#182432"))
    c.poly([(-10, 600), (60, 578), (160, 566), (250, 548), (330, 540), (460, 542), (540, 566), (500, 572), (420, 560), (300, 566), (150, 596), (-10, 640)], "#5d5a4f", 0.9, 1.5)
    c.poly([(540, 566), (590, 596), (640, 640), (720, 672), (660, 668), (600, 636), (560, 600)], "#a37d70", 0.7, 2)
    # the keeper's house
    c.poly([(196, 508), (312, 508), (312, 556), (196, 560)], ("#cfc3bd", "#a2979c"))
    c.poly([(186, 510), (214, 472), (300, 472), (322, 510)], "#4e3b44")
    c.box(280, 452, 14, 26, "#4e3b44")
    c.shape(lambda pen: [pen.box(x, 522, 14, 18) for x in (214, 244, 284)], "#ffd98a")
    # the tower
    c.poly([(366, 300), (418, 300), (434, 552), (350, 552)], ("#f3e7dc", "#cdbab4"))
    c.poly([(366, 300), (384, 300), (374, 552), (350, 552)], "#8d8394", 0.55, 5)
    c.poly([(410, 300), (418, 300), (434, 552), (420, 552)], "#ffd2a0", 0.6, 2)
    for top, bottom in ((352, 392), (456, 500)):
        left = lambda y: 366 - 16 * (y - 300) / 252
        right = lambda y: 418 + 16 * (y - 300) / 252
        c.poly([(left(top), top), (right(top), top), (right(bottom), bottom), (left(bottom), bottom)], "#8c3f3d")
        c.poly([(left(top), top), (left(top) + 20, top), (left(bottom) + 20, bottom), (left(bottom), bottom)], "#5d2c38", 0.6, 4)
    c.shape(lambda pen: [pen.arch(385, y, 13, 24) for y in (318, 412, 514)], "#37364a")
    c.box(354, 290, 76, 10, "#37364a")
    c.shape(lambda pen: [pen.line([(x, 270), (x, 292)], 1.6) for x in range(356, 432, 9)] + [pen.line([(354, 271), (430, 271)], 2)], "#37364a")
    c.box(374, 246, 36, 44, "#ffedb6")
    c.shape(lambda pen: [pen.line([(x, 246), (x, 290)], 1.8) for x in (374, 386, 398, 410)], "#4a4652")
    c.poly([(368, 247), (392, 220), (416, 247)], "#8c3f3d")
    c.box(390.5, 206, 3, 18, "#37364a")
    c.glow(392, 266, 120, "#fff2c4", 0.75)
    c.gulls([(760, 300, 17), (806, 330, 12), (724, 344, 10), (1010, 262, 9)], "#33405a")
    c.finish("lighthouse.jpg", **JPEG)


def ferry():
    c = Canvas([(0, "#9fc0d2"), (0.35, "#c9dbdf"), (0.55, "#f2e8d6"), (1, "#f2e8d6")], 5)
    c.glow(250, 300, 380, "#fff6dc", 0.7)
    c.clouds(150, 50, "#ffffff", 12, 0.45, 220)
    c.ridge(392, 120, ("#a9c0cb", "#c7d3d5"), foot=470)
    c.ridge(420, 90, ("#86a5b4", "#b3c5ca"), foot=470)
    c.ridge(448, 52, ("#64889a", "#97b1ba"), foot=470, slope=1.4)
    c.water(464, [(0, "#b9d0d3"), (0.25, "#7fa9b3"), (0.7, "#3f7889"), (1, "#24566a")], "#e9f4f0", count=620, alpha=0.34)
    # reflection, hull, decks
    c.poly([(330, 622), (1016, 622), (960, 742), (400, 742)], ("#20485a", "#2f6577"), 0.55, 10)
    c.poly([(352, 622), (980, 622), (940, 690), (420, 690)], "#f2efe6", 0.22, 12)
    c.poly([(286, 520), (1060, 520), (1010, 628), (344, 628)], ("#21445c", "#152f43"))
    c.poly([(286, 520), (1060, 520), (1053, 534), (294, 534)], "#f4efe2")
    c.poly([(337, 614), (1016, 614), (1010, 628), (344, 628)], "#a8493f")
    c.shape(lambda pen: [pen.disc(x, 572, 8) for x in range(420, 960, 54)], "#0f2130")
    c.shape(lambda pen: [pen.disc(x, 572, 5.5) for x in range(420, 960, 54)], "#ffe3a3")
    c.poly([(372, 452), (982, 452), (1000, 520), (352, 520)], ("#fbf8ef", "#dcdcd4"))
    c.shape(lambda pen: [pen.box(x, 470, 30, 26) for x in range(400, 960, 43)], "#385a70")
    c.shape(lambda pen: [pen.poly([(x, 470), (x + 14, 470), (x + 4, 496), (x, 496)]) for x in range(400, 960, 43)], "#7fa3b4", 0.8)
    c.poly([(430, 388), (900, 388), (912, 452), (420, 452)], ("#ffffff", "#e4e3dc"))
    c.shape(lambda pen: [pen.box(x, 406, 24, 22) for x in range(452, 880, 37)], "#385a70")
    c.poly([(770, 330), (890, 330), (912, 388), (760, 388)], ("#ffffff", "#e9e7e0"))
    c.poly([(782, 344), (894, 344), (904, 368), (780, 368)], "#2c4b60")
    c.shape(lambda pen: [pen.line([(x, 344), (x + 4, 368)], 3) for x in (806, 832, 858, 880)], "#f4f2ea")
    c.poly([(558, 296), (640, 296), (652, 388), (548, 388)], ("#c4564a", "#8f3b38"))
    c.poly([(556, 318), (643, 318), (645, 340), (553, 340)], "#f7f0dd")
    c.poly([(558, 296), (580, 296), (572, 388), (548, 388)], "#6e2b30", 0.45, 4)
    c.shape(lambda pen: [pen.line([(826, 330), (826, 262)], 4), pen.line([(806, 284), (848, 284)], 2.5), pen.line([(330, 520), (330, 452)], 3), pen.line([(826, 266), (330, 455)], 1), pen.line([(826, 266), (1030, 520)], 1)], "#33475a")
    c.shape(lambda pen: [pen.line([(x, 436), (x, 453)], 1.4) for x in range(376, 424, 9)] + [pen.line([(x, 436), (x, 453)], 1.4) for x in range(914, 984, 9)] + [pen.line([(374, 436), (422, 436)], 1.6), pen.line([(914, 436), (982, 436)], 1.6)], "#33475a")
    c.shape(lambda pen: [pen.disc(560 - i * 26, 270 - i * 13 + (i % 3) * 5, 18 + i * 7, 10 + i * 4) for i in range(9)], "#f7f7f2", 0.4, 12)
    # orange rafts, bow wave, wake
    c.shape(lambda pen: [pen.disc(x, 442, 19, 9) for x in (700, 744)], "#d9813f")
    c.shape(lambda pen: [pen.disc(1030 + c.random.normal() * 34, 628 + c.random.normal() * 5, 16, 3.5) for _ in range(60)], "#ffffff", 0.75, 1.6)
    c.shape(lambda pen: [pen.disc(340 - abs(c.random.normal()) * 150, 632 + c.random.normal() * 6, 22, 2.6) for _ in range(110)], "#ffffff", 0.6, 1.6)
    c.shape(lambda pen: [pen.disc(300 + c.random.random() * 720, 629 + c.random.normal() * 2, 26, 2.2) for _ in range(60)], "#ffffff", 0.6, 1.4)
    c.gulls([(190, 200, 26), (262, 244, 18), (150, 270, 14), (1090, 210, 15), (1128, 246, 11)], "#3d5262")
    c.finish("ferry.jpg", **JPEG)


def gabled(c, x, ground, w, h, wall, roof, lit, panes, snow=False):
    """A narrow harbour house with its gable to the street."""
    c.box(x, ground - h, w, h, wall)
    gable = [(x - 4, ground - h + 2), (x + w / 2, ground - h - w * 0.62), (x + w + 4, ground - h + 2)]
    c.poly(gable, roof)
    inner = [(x + 8, ground - h + 2), (x + w / 2, ground - h - w * 0.62 + 15), (x + w - 8, ground - h + 2)]
    c.poly(inner, wall[0] if isinstance(wall, tuple) else wall)
    if snow:
        c.lines([gable], "#f4f7fb", 9, 0.96)
    columns = max(2, int(w // 44))
    step = w / columns
    places = [(x + step * (i + 0.5) - 10, ground - h + 26 + 62 * j) for i in range(columns) for j in range(int((h - 70) // 62))]
    places.append((x + w / 2 - 10, ground - h - 22))
    shine = [p for p in places if c.random.random() < lit]
    c.shape(lambda pen: [pen.box(a - 3, b - 3, 26, 38) for a, b in places], "#f5efe3", 0.8)
    c.shape(lambda pen: [pen.box(a, b, 20, 32) for a, b in places], panes)
    c.shape(lambda pen: [pen.box(a, b, 20, 32) for a, b in shine], "#ffd488")
    c.shape(lambda pen: [(pen.line([(a + 10, b), (a + 10, b + 32)], 1.6), pen.line([(a, b + 14), (a + 20, b + 14)], 1.6)) for a, b in places], "#f5efe3", 0.8)
    c.box(x + w * 0.5 - 15, ground - 58, 30, 58, "#3c3a43")


def market():
    c = Canvas([(0, "#8db9d0"), (0.4, "#d3e3e2"), (0.6, "#f6ead2"), (1, "#e9d9bd")], 23)
    c.clouds(110, 40, "#ffffff", 10, 0.6, 190)
    walls = [("#d8a47f", "#c18a68"), ("#e9dcc3", "#d2c0a2"), ("#9fb3a4", "#84998c"), ("#c9786a", "#ab5f55"), ("#e6c98f", "#cfae74"), ("#8fa6b8", "#748c9f"), ("#ddd2c6", "#c4b6a7"), ("#c79b8a", "#ad8070")]
    x = -30
    for i, wall in enumerate(walls * 2):
        w = 120 + c.random.random() * 60
        if x > WIDTH:
            break
        gabled(c, x, 600, w, 250 + c.random.random() * 90, wall, "#6d4c48" if i % 2 else "#55565f", 0.0, "#4d6573")
        x += w - 1
    c.box(0, 380, WIDTH, 230, ("#f6ead2", "#f6ead2"), 0.16)
    c.box(0, 596, WIDTH, 260, ("#cdbb9d", "#a8957a"))
    c.shape(lambda pen: [pen.disc(c.random.random() * WIDTH, 610 + d * 240, 6 + 26 * d, 1 + 4 * d) for d in c.random.random(260)], "#8f7d66", 0.2, 1.6)
    flags = ["#c4564a", "#f3e2b0", "#2f6577", "#e0a04a", "#f7f3e6"]
    for x0, x1, y in ((-20, 700, 250), (640, 1310, 236)):
        xs = np.linspace(x0, x1, 20)
        ys = y + 60 * (1 - ((xs - (x0 + x1) / 2) / ((x1 - x0) / 2)) ** 2)
        c.lines([list(zip(xs, ys))], "#4a4a50", 1.5)
        for i in range(19):
            c.poly([(xs[i] + 6, ys[i]), (xs[i] + 28, ys[i] + 2), (xs[i] + 17, ys[i] + 28)], flags[i % 5])

    def crates(x, y, w, fruit):
        for i in range(int(w // 66)):
            left = x + i * 66
            c.shape(lambda pen: [pen.disc(left + 8 + k % 5 * 11 + c.random.normal(), y - 2 - k // 5 * 7, 6.4) for k in range(12)], (fruit[i % len(fruit)], fruit[i % len(fruit)]))
            c.shape(lambda pen: [pen.disc(left + 6 + k % 5 * 11, y - 5 - k // 5 * 7, 2) for k in range(12)], "#ffffff", 0.4, 0.6)
            c.box(left - 2, y, 62, 34, ("#b98a58", "#8f6740"))
            c.shape(lambda pen: [pen.box(left - 2, y + k, 62, 2) for k in (10, 21)], "#6d4c2f", 0.8)

    def person(x, y, h, coat, head="#c99b7c"):
        c.disc(x, y + 3, h * 0.22, "#4c4033", 0.35, 3, ry=5)
        c.poly([(x - h * 0.07, y), (x - h * 0.09, y - h * 0.45), (x + h * 0.09, y - h * 0.45), (x + h * 0.07, y)], "#37414d")
        c.shape(lambda pen: (pen.disc(x, y - h * 0.70, h * 0.125, h * 0.12), pen.poly([(x - h * 0.125, y - h * 0.7), (x + h * 0.125, y - h * 0.7), (x + h * 0.15, y - h * 0.30), (x - h * 0.15, y - h * 0.30)])), (coat, coat))
        c.disc(x, y - h * 0.89, h * 0.078, head)
        c.shape(lambda pen: pen.disc(x, y - h * 0.93, h * 0.085, h * 0.05), "#3c3230")

    def stall(x, y, w, stripe, fruit):
        c.box(x + 12, y - 190, 7, 190, "#6b5645")
        c.box(x + w - 19, y - 190, 7, 190, "#6b5645")
        c.poly([(x + 10, y - 150), (x + w - 10, y - 150), (x + w - 10, y - 60), (x + 10, y - 60)], "#4b3f38", 0.5)
        person(x + w * 0.45, y - 18, 128, "#efe7d6")
        c.poly([(x, y - 62), (x + w, y - 62), (x + w, y), (x, y)], ("#8a6a4d", "#6a5039"))
        crates(x + 10, y - 80, w - 16, fruit)
        stripes = 9
        step = w / stripes
        for i in range(stripes):
            colour = stripe if i % 2 == 0 else "#f7f0df"
            a, b = x + i * step, x + (i + 1) * step
            c.poly([(a * 0.9 + (x + w / 2) * 0.1, y - 246), (b * 0.9 + (x + w / 2) * 0.1, y - 246), (b, y - 178), (a, y - 178)], colour)
            c.shape(lambda pen: pen.disc((a + b) / 2, y - 178, step / 2, 13), colour)
        c.poly([(x, y - 192), (x + w, y - 192), (x + w, y - 168), (x, y - 168)], "#3a2c28", 0.16, 4)
        c.disc(x + w / 2, y + 6, w * 0.52, "#4c4033", 0.3, 7, ry=10)

    stall(60, 690, 330, "#b9493f", ["#e3b23c", "#d9692f", "#7e9f4a"])
    stall(470, 676, 300, "#2f6577", ["#aebfc9", "#c9d2d6", "#93a7b4"])
    stall(860, 694, 350, "#4f7f5a", ["#c8372d", "#8f3a66", "#e3b23c", "#7e9f4a"])
    for x, y, h, coat in ((424, 742, 176, "#7b3f4a"), (806, 752, 184, "#c58a35"), (846, 748, 168, "#3d5f78"), (250, 770, 190, "#4d6b57"), (1120, 772, 190, "#8d4f3c"), (588, 724, 160, "#5a5470")):
        person(x, y, h, coat)
    c.glow(200, 120, 620, "#fff3d2", 0.28)
    c.finish("market.webp", method=6)


def library():
    c = Canvas([(0, "#2a2f3d"), (0.5, "#4b4248"), (0.8, "#6d5546"), (1, "#5b4234")], 31)
    c.box(0, 0, WIDTH, 640, ("#54484a", "#83684f"))
    c.shape(lambda pen: [pen.poly([(x, 0), (x + 26, 0), (x + 26, 640), (x, 640)]) for x in (28, 338, 648, 958, 1226)], ("#6d5b54", "#967a5e"))
    for x in (88, 398, 708, 1018):
        c.shape(lambda pen: pen.arch(x - 10, 36, 220, 430), "#3b3234")
        c.shape(lambda pen: pen.arch(x, 46, 200, 414), ("#5f86a8", "#e2c7a6"))
        c.shape(lambda pen: pen.poly([(x, 400), (x + 60, 372), (x + 120, 392), (x + 200, 360), (x + 200, 460), (x, 460)]), ("#6b8296", "#8b98a0"))
        c.shape(lambda pen: pen.box(x, 428, 200, 32), ("#a9b4b4", "#c4b7a2"))
        c.shape(lambda pen: [pen.line([(x + k, 46), (x + k, 460)], 4) for k in (50, 100, 150)] + [pen.line([(x, y), (x + 200, y)], 4) for y in (146, 226, 306, 386)], "#3b3234")
        c.poly([(x, 470), (x + 200, 470), (x + 330, 853), (x + 40, 853)], "#f7dcae", 0.10, 18)
    spines = ["#7a3b36", "#2f4f5c", "#a98a54", "#54603f", "#6a4a63", "#8f6a45", "#3a4760", "#b09a78", "#49362f"]
    c.box(0, 474, WIDTH, 196, "#35261f")
    for row, y in enumerate((484, 546, 608)):
        x = 6.0
        while x < WIDTH:
            w = 7 + c.random.random() * 12
            h = 42 + c.random.random() * 10
            if c.random.random() > 0.06:
                c.box(x, y + 52 - h, w - 1.2, h, spines[c.random.integers(len(spines))], 0.95)
                c.box(x + 1, y + 52 - h + 8, w - 3, 2.4, "#e7d3a4", 0.55)
            x += w
        c.box(0, y + 52, WIDTH, 9, "#6b4b35")
    c.shape(lambda pen: [pen.box(x, 474, 16, 196) for x in (-4, 312, 632, 952, 1268)], "#6b4b35")
    c.box(0, 670, WIDTH, 183, ("#6b4b38", "#3d2a22"))
    for x, y, w in ((90, 726, 480), (700, 726, 490)):
        c.poly([(x + 20, y - 20), (x + w - 20, y - 20), (x + w, y + 20), (x, y + 20)], ("#a9784e", "#8a5c3a"))
        c.box(x, y + 20, w, 16, "#5a3a27")
        c.shape(lambda pen: [pen.box(a, y + 36, 18, 91) for a in (x + 24, x + w - 42)], "#472d20")
        for at in (0.25, 0.72):
            lx = x + w * at
            c.box(lx - 3, y - 62, 6, 58, "#b58d45")
            c.disc(lx, y - 4, 22, "#b58d45", ry=5)
            c.disc(lx, y - 4, 120, "#ffdf9c", 0.5, 20, ry=26)
            c.poly([(lx - 22, y - 84), (lx + 22, y - 84), (lx + 42, y - 54), (lx - 42, y - 54)], ("#3f7a5c", "#2c5d46"))
            c.box(lx - 40, y - 55, 80, 4, "#fff0c0")
        bx = x + w * 0.42
        c.poly([(bx - 44, y - 2), (bx, y + 3), (bx + 44, y - 2), (bx + 50, y + 10), (bx, y + 15), (bx - 50, y + 10)], "#f3ead8")
    for lx, ly in ((210, 664), (435, 664), (822, 664), (1052, 664)):
        c.glow(lx, ly, 170, "#ffd896", 0.42)
    c.finish("library.webp", method=6)


def snow_quay():
    c = Canvas([(0, "#5d7391"), (0.35, "#92a3b8"), (0.6, "#cfd0d4"), (1, "#e4dcd6")], 42)
    c.clouds(160, 70, "#c3ccd8", 12, 0.5, 240)
    c.ridge(420, 110, ("#aeb9c8", "#cdd2da"), foot=560)
    walls = [("#a95f50", "#8d4d43"), ("#d8c7a6", "#bfae90"), ("#6f8794", "#5a717e"), ("#b98a4e", "#9c723f"), ("#8b5a5a", "#724848"), ("#c9c2b8", "#aca59c"), ("#58707a", "#485d66")]
    x = -40
    for wall in walls * 2:
        w = 112 + c.random.random() * 62
        if x > 960:
            break
        gabled(c, x, 588, w, 210 + c.random.random() * 100, wall, "#3f434d", 0.45, "#3e4c5c", snow=True)
        x += w - 1
    c.water(588, [(0, "#8f9db0"), (0.4, "#5f738b"), (1, "#2f4159")], "#dfe6ee", count=300, alpha=0.28)
    c.shape(lambda pen: [pen.disc(a + c.random.normal() * 6, 620 + k * 9, 9 + c.random.random() * 12, 1.6) for a in (80, 240, 400, 560, 700, 860) for k in range(14)], "#ffd890", 0.4, 1)
    # the quay comes towards the viewer
    c.poly([(-10, 584), (1000, 584), (1020, 604), (-10, 612)], ("#f7f9fc", "#d9e1ea"))
    c.poly([(-10, 612), (1020, 604), (1020, 622), (-10, 636)], "#4b5363")
    c.poly([(-10, 760), (420, 716), (820, 742), (1010, 800), (1040, 853), (-10, 853)], ("#fafcff", "#cfd9e6"))
    c.poly([(420, 716), (820, 742), (1010, 800), (1040, 853), (1090, 853), (1050, 796), (850, 734), (440, 708)], "#55607a", 0.85, 1)
    # a fishing boat under snow
    c.poly([(700, 690), (1190, 690), (1140, 640), (760, 640)], "#22304a", 0.0)
    c.poly([(690, 618), (1210, 606), (1140, 696), (760, 696)], ("#8b3a3a", "#5a2530"))
    c.poly([(690, 618), (1210, 606), (1206, 622), (700, 634)], "#f6f8fb")
    c.poly([(760, 690), (1146, 690), (1110, 746), (800, 746)], "#3a2734", 0.4, 8)
    c.poly([(800, 536), (930, 532), (936, 614), (800, 618)], ("#efe9df", "#cfc7bd"))
    c.shape(lambda pen: [pen.box(xx, 552, 30, 30) for xx in (814, 854, 894)], "#ffd488")
    c.poly([(788, 540), (796, 520), (934, 516), (944, 538)], "#f6f8fb")
    c.shape(lambda pen: [pen.line([(1010, 610), (1010, 400)], 6), pen.line([(1010, 430), (1130, 600)], 2), pen.line([(1010, 420), (870, 520)], 1.6), pen.line([(1010, 560), (1120, 500)], 4)], "#4a3d3b")
    c.disc(1010, 398, 5, "#f6f8fb")
    # lamps
    for lx, ly, h in ((130, 770, 250), (520, 730, 200)):
        c.shape(lambda pen: [pen.line([(lx, ly), (lx, ly - h)], 7), pen.poly([(lx - 16, ly - h), (lx + 16, ly - h), (lx + 11, ly - h - 36), (lx - 11, ly - h - 36)])], "#2b3242")
        c.poly([(lx - 11, ly - h - 4), (lx + 11, ly - h - 4), (lx + 8, ly - h - 32), (lx - 8, ly - h - 32)], "#ffe9b0")
        c.poly([(lx - 18, ly - h - 35), (lx + 18, ly - h - 35), (lx, ly - h - 52)], "#f6f8fb")
        c.glow(lx, ly - h - 18, 110, "#ffe4a4", 0.55)
        c.disc(lx, ly + 8, 110, "#ffe2a0", 0.28, 22, ry=18)
        c.disc(lx, ly, 24, "#ffffff", 0.95, 2, ry=8)
    for bx, by in ((300, 742), (700, 748), (940, 796)):
        c.box(bx - 11, by - 34, 22, 36, "#333a4a")
        c.disc(bx, by - 36, 17, "#f6f8fb", ry=8)
    c.shape(lambda pen: [pen.disc(40 + i * 46 + (i % 2) * 8, 806 - i * 4.6, 9, 4) for i in range(9)], "#a9b9cc", 0.9, 1)
    flakes = c.random.random((230, 3))
    c.shape(lambda pen: [pen.disc(a * WIDTH, b * HEIGHT, 0.8 + 2.1 * s**3) for a, b, s in flakes], "#ffffff", 0.75, 0.8)
    c.finish("snow-quay.jpg", **JPEG)


def salt_pans():
    c = Canvas([(0, "#6f8fb4"), (0.25, "#b9b6c6"), (0.42, "#f1c3a4"), (0.5, "#fbdcae"), (1, "#fbdcae")], 77)
    c.clouds(150, 36, "#f0c8b8", 10, 0.5, 240)
    c.clouds(260, 20, "#fff0cf", 8, 0.6, 180)
    c.glow(760, 392, 360, "#fff0c0", 0.85, squash=0.7)
    c.disc(760, 372, 34, "#fffbe6", 1, 1.5)
    c.ridge(396, 44, ("#b48f97", "#c9a49d"), foot=420)
    c.box(0, 410, WIDTH, 443, ("#8f7a6d", "#4c4340"))
    rows = [418, 440, 472, 520, 592, 700, 860]
    for i, (top, bottom) in enumerate(zip(rows, rows[1:])):
        t = lambda y: (y - 405) / 448
        for k in range(-9, 10):
            gap = 0.012
            edge = lambda s, y: 640 + (s * 250 - 60) * (0.26 + 1.5 * t(y))
            a, b = k + gap * 2, k + 1 - gap * 2
            y0, y1 = top + (bottom - top) * 0.05, bottom - (bottom - top) * 0.09
            quad = [(edge(a, y0), y0), (edge(b, y0), y0), (edge(b, y1), y1), (edge(a, y1), y1)]
            if max(p[0] for p in quad) < -20 or min(p[0] for p in quad) > WIDTH + 20:
                continue
            tones = [("#fbdcb2", "#e0b3a0"), ("#f3c7a8", "#b99aa3"), ("#f8e3c6", "#c6b7bd"), ("#e9b39c", "#9c8ea3"), ("#f7efe2", "#dcd6d2")]
            c.poly(quad, tones[(k * 3 + i * 5) % 5], 0.94)
    c.glow(760, 470, 300, "#fff6d6", 0.4, squash=0.9)
    c.glow(770, 640, 170, "#fff6d6", 0.45, squash=1.6)
    for x, y, r in ((150, 566, 44), (238, 578, 34), (1080, 640, 66), (1196, 664, 52), (402, 506, 22), (960, 500, 18)):
        c.disc(x, y + 4, r * 1.25, "#6a5a5e", 0.4, 4, ry=r * 0.16)
        c.poly([(x - r, y), (x - r * 0.22, y - r * 0.72), (x, y - r * 0.8), (x + r * 0.24, y - r * 0.7), (x + r, y)], ("#fffdf6", "#d8cbd0"))
        c.poly([(x - r, y), (x - r * 0.22, y - r * 0.72), (x - r * 0.1, y)], "#a895a6", 0.45, 3)
    # the pump mill
    c.poly([(268, 300), (312, 300), (334, 424), (246, 424)], ("#6e5257", "#4f3d44"))
    c.poly([(260, 304), (268, 274), (290, 262), (312, 274), (320, 304)], "#3d333c")
    for turn in (0.35, 1.92, 3.49, 5.06):
        dx, dy = np.cos(turn), np.sin(turn)
        hub, tip = np.array([290, 288]), np.array([290 + 118 * dx, 288 + 118 * dy])
        side = np.array([-dy, dx]) * 17
        c.lines([[tuple(hub), tuple(tip)]], "#3d333c", 4)
        near = hub + (tip - hub) * 0.22
        c.poly([tuple(near), tuple(tip), tuple(tip + side), tuple(near + side)], "#f4e3cf", 0.82)
    c.disc(290, 288, 6, "#2b242c")
    # someone raking
    c.poly([(566, 640), (562, 580), (584, 580), (592, 640), (584, 640), (576, 606), (574, 640)], "#33303f")
    c.poly([(560, 586), (564, 540), (584, 536), (590, 586)], "#4a5a72")
    c.disc(576, 526, 11, "#4a3838")
    c.poly([(554, 522), (576, 508), (600, 522)], "#c9a26a")
    c.lines([[(580, 552), (616, 572)]], "#4a5a72", 7)
    c.lines([[(600, 540), (690, 650)]], "#3d333c", 3.4)
    c.lines([[(672, 660), (708, 640)]], "#3d333c", 6)
    c.disc(580, 644, 46, "#5d4f58", 0.4, 4, ry=6)
    c.gulls([(930, 180, 15), (978, 206, 10), (1010, 170, 8)], "#5a5666")
    c.finish("salt-pans.jpg", **JPEG)


def tide_chart():
    paper = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "#fbf7ee")
    draw = ImageDraw.Draw(paper)
    fonts = Path("/usr/share/fonts/truetype/dejavu")
    font = lambda size, face="DejaVuSans.ttf": ImageFont.truetype(str(fonts / face), size * SCALE)
    put = lambda x, y, text, size, fill="#3a4650", anchor="la", face="DejaVuSans.ttf": draw.text((x * SCALE, y * SCALE), text, font=font(size, face), fill=fill, anchor=anchor)
    put(90, 52, "Tides at the Old Quay, Saltmere", 34, "#1f2f3a", face="DejaVuSerif-Bold.ttf")
    put(90, 104, "Height above chart datum over two days of springs, in metres", 19, "#5c6a73")
    left, right, top, bottom = 120, 1210, 180, 730
    to_x = lambda hour: left + (right - left) * hour / 48
    to_y = lambda metres: bottom - (bottom - top) * metres / 7
    for metres in range(0, 8):
        draw.line([to_x(0) * SCALE, to_y(metres) * SCALE, to_x(48) * SCALE, to_y(metres) * SCALE], fill="#dcd5c6", width=2)
        put(left - 18, to_y(metres), str(metres), 18, anchor="rm")
    for hour in range(0, 49, 6):
        put(to_x(hour), bottom + 18, f"{hour % 24:02d}:00", 17, "#5c6a73", "ma")
    hours = np.linspace(0, 48, 1200)
    height = 3.45 + 2.6 * np.cos(2 * np.pi * (hours - 4.3) / 12.42) + 0.34 * np.cos(2 * np.pi * (hours - 3) / 12)
    curve = [(to_x(h) * SCALE, to_y(m) * SCALE) for h, m in zip(hours, height)]
    draw.polygon([*curve, (to_x(48) * SCALE, bottom * SCALE), (to_x(0) * SCALE, bottom * SCALE)], fill="#c9dde2")
    draw.line(curve, fill="#22627a", width=4 * SCALE, joint="curve")
    level = to_y(6.2) * SCALE
    for x in range(left * SCALE, right * SCALE, 28):
        draw.line([x, level, x + 16, level], fill="#b9493f", width=2 * SCALE)
    put(to_x(10.4), to_y(6.2) - 8, "quay steps under water", 17, "#b9493f", "md")
    for i in range(1, len(height) - 1):
        if height[i - 1] < height[i] >= height[i + 1] or height[i - 1] > height[i] <= height[i + 1]:
            x, y = to_x(hours[i]), to_y(height[i])
            draw.ellipse([(x - 6) * SCALE, (y - 6) * SCALE, (x + 6) * SCALE, (y + 6) * SCALE], fill="#22627a", outline="#fbf7ee", width=4)
            high = height[i] > 3.4
            put(x, y - 14 if high else y + 14, f"{height[i]:.1f}", 18, "#1f2f3a", "md" if high else "ma", "DejaVuSans-Bold.ttf")
    draw.line([left * SCALE, bottom * SCALE, right * SCALE, bottom * SCALE], fill="#3a4650", width=3)
    put(90, 800, "The Saltmere Lantern / drawn from the harbour office's gauge", 16, "#7b858b")
    small = paper.resize((WIDTH, HEIGHT), Image.LANCZOS)
    small.quantize(160, method=Image.Quantize.MAXCOVERAGE).save(OUT / "tide-chart.png", optimize=True)


PICTURES = {f.__name__: f for f in (lighthouse, ferry, market, library, snow_quay, salt_pans, tide_chart)}

if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        PICTURES[name]()
