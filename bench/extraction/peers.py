#!/usr/bin/env python3
"""peers.py FOLDER: how fast the fastest other reader finds the main text of the same pages."""
import pathlib, statistics, sys, time

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

PASSES = 7


def timed(pages):
    start = time.perf_counter()
    for page in pages:
        extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)
    return time.perf_counter() - start


def main():
    pages = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).glob("*.html"))]
    median = statistics.median(timed(pages) for _ in range(PASSES))
    megabytes = sum(map(len, pages)) / 1e6
    print(f"resiliparse {len(pages) / median:4.0f} pages/s {megabytes / median:6.0f} MB/s")


if __name__ == "__main__":
    main()
