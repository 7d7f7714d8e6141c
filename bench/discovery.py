#!/usr/bin/env python3
"""Adds every host of the replayed news web by its bare domain; prints what was found and at what cost.

    python3 bench/discovery.py                  the debug build
    python3 bench/discovery.py --without feed   as if no host had a feed: by sitemap or section page
    python3 bench/discovery.py --without feed section-links
    python3 bench/discovery.py --verbose        a line a host

`--without KIND` takes the rows of that kind out of the world (feed, news-sitemap, section);
the pages of the hosts go on naming them, and the answer is then 404. `section-links` takes out the
lines with which pages and robots files name feeds and sitemaps, so that only the usual places help.
Needs ../shared/world and the openssl command. Standard library only."""
import argparse
import collections
import concurrent.futures
import gzip
import json
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

from replay import ROOT, WORLD, Replay, hosts, rows

NAMES_LISTING = re.compile(rb'<link[^>]*rel="?alternate"?[^>]*>|^sitemap:.*$', re.I | re.M)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'debug' / 'pressmark'))
    options.add_argument('--without', nargs='*', default=[], metavar='KIND')
    options.add_argument('--hosts', default='', metavar='REGEX', help='only the hosts in which this is found')
    options.add_argument('--verbose', action='store_true')
    given = options.parse_args()
    if not WORLD.exists():
        print('SKIPPED: ../shared/world is not here')
        return
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        replay = Replay(scratch, polite=True)
        told = without(replay.manifest, scratch, given.without)
        with replay:
            measure(given, scratch, replay, told)


def without(manifest, scratch, kinds):
    """Takes out of the world what is to be missing; returns the rows that are left."""
    told = [row for row in map(json.loads, manifest.read_text().splitlines()) if row['kind'] not in kinds]
    if 'section-links' in kinds:
        for number, row in enumerate(told):
            if row['kind'] in ('section', 'robots'):
                row.update(file=silenced(scratch, number, row), gz=False)
    manifest.write_text(''.join(json.dumps(row) + '\n' for row in told))
    return told


def silenced(scratch, number, row):
    body = (WORLD / row['file']).read_bytes()
    body = gzip.decompress(body) if row['file'].endswith('.gz') else body
    path = scratch / f'silenced-{number}'
    path.write_bytes(NAMES_LISTING.sub(b'', body))
    return str(path)


def measure(given, scratch, replay, told):
    config = scratch / 'pressmark.toml'
    config.write_text('[fetch]\ngap_ms = 0\n')
    kinds = {row['url']: row['kind'] for row in told}
    there = collections.defaultdict(set)
    for row in told:
        there[urllib.parse.urlsplit(row['url']).hostname].add(row['kind'])
    names = sorted(host for host in hosts() if there[host] & {'feed', 'section', 'news-sitemap'}
                   and re.search(given.hosts, host))

    def add(typed):
        library = scratch / 'libraries' / re.sub(r'\W', '-', typed)
        command = [given.program, '--config', str(config), '--json', 'add', '--yes', typed]
        done = subprocess.run(command, env=replay.env(library), capture_output=True, text=True)
        return typed, json.loads(done.stdout) if done.returncode == 0 else None, done.stderr.strip()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        added = list(pool.map(add, names))
    asked = json.loads(replay.ask('/_stats'))['hosts']
    asked = {host.split(':')[0]: told['n'] for host, told in asked.items()}
    report(given, added, asked, there, kinds)
    by_address(add, [host for host, row, _ in added if not row], told)


def by_address(add, left, told):
    """Adds what was not found by its domain by the addresses of its feeds."""
    for row in told:
        if row['kind'] == 'feed' and urllib.parse.urlsplit(row['url']).hostname in left:
            _, found, error = add(row['url'])
            print(f'  by its own address: {row["url"]}: {found["form"] + ", added" if found else error}')


def report(given, added, asked, there, kinds):
    chosen = collections.Counter(row['form'] for _, row, _ in added if row)
    requests = sorted(asked.get(host, 0) for host, row, _ in added if row)
    print(f'hosts {len(added)}: {len(requests)} added, by {dict(chosen)}')
    if requests:
        half, most = requests[len(requests) // 2], requests[-1]
        print(f'requests of an added host (robots.txt and all): median {half}, most {most}, '
              f'{sum(n > 6 for n in requests)} over 6')
    for host, row, error in added:
        wrong = row and wrong_choice(host, row, kinds)
        if not row:
            print(f'  not added: {host} ({", ".join(sorted(there[host]))}; {asked.get(host, 0)} requests): {error}')
        elif wrong:
            print(f'  wrong: {host}: {row["listing"]}: {wrong}')
        elif given.verbose or ('feed' in there[host] and row['form'] in ('section', 'sitemap')):
            print(f'  {host}: {row["form"]} {row["listing"]} ({row["entries"]}), {asked.get(host, 0)} requests')


def wrong_choice(host, row, kinds):
    """Says what is wrong with a choice, if anything is."""
    site = host.removeprefix('www.').split('.')[-2:]
    listing = urllib.parse.urlsplit(row['listing'])
    if 'comment' in listing.path:
        return 'a feed of comments'
    if listing.hostname.split('.')[-2:] != site:
        return "another host's"
    if not row['entries']:
        return 'nothing in it'
    if plain(row['listing']) not in {plain(url) for url in kinds}:
        return 'not of the world'
    return None


def plain(url):
    return url.replace('http:', 'https:').rstrip('/')


if __name__ == '__main__':
    main()
