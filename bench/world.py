#!/usr/bin/env python3
"""Follows every source of the replayed news web in one round; prints articles/s and peak memory.

    ./dev bench                     the release build, as fast as it can
    ./dev bench --polite            with the true robots.txt of every host, and their pauses
    python3 bench/world.py --program target/debug/pressmark

The clock runs until the last article is kept: pictures that the world does not have are asked for
longer. Needs ../shared/world and the openssl command. Standard library only."""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

from replay import ROOT, WORLD, Replay, hosts


class Run:
    """A command that has ended: its exit code, its lines with their seconds, and what it used."""

    def __init__(self, command, env):
        began = time.monotonic()
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        self.lines = [(time.monotonic() - began, line.rstrip('\n')) for line in process.stdout]
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = self.code = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - began
        self.cpu, self.peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    def __str__(self):
        return (f'exit {self.code}, {self.seconds:.1f} s, {self.cpu:.1f} CPU-s, '
                f'peak {self.peak:.0f} MiB')


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--polite', action='store_true', help='obey the true robots.txt of every host')
    options.add_argument('--gap-ms', type=int, default=0, help='pause between requests of a host')
    options.add_argument('--keep', help='keep the library in this folder')
    given = options.parse_args()
    if not WORLD.exists():
        print('SKIPPED: ../shared/world is not here')
        return
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        with Replay(scratch, given.polite) as replay:
            follow(given, scratch, replay)


def follow(given, scratch, replay):
    config = scratch / 'pressmark.toml'
    config.write_text(f'[fetch]\ngap_ms = {given.gap_ms}\n')
    env = replay.env(given.keep or scratch / 'library')
    program = [given.program, '--config', str(config), '--json']
    feeds = [host['feeds'][0] for host in hosts().values() if host['feeds']]

    add = Run(program + ['add', '--yes', *feeds], env)
    print(f'add:    {add}; {len(feeds)} sources asked for')
    before = articles(program, env)
    fetch = Run(program + ['fetch'], env)
    kept = articles(program, env) - before
    times = [at for at, line in fetch.lines if json.loads(line).get('change') == 'new']
    last = times[-1] if times else fetch.seconds
    print(f'fetch:  {fetch}; {kept} articles, the last after {last:.1f} s: {kept / last:.1f} articles/s, '
          f'{kept / fetch.cpu:.1f} articles/CPU-s')
    print(f'again:  {Run(program + ["fetch"], env)}')
    print(f'verify: {Run(program + ["verify", "--full"], env)}')
    failing(program, env)


def articles(program, env):
    return sum(source['articles'] for source in sources(program, env))


def sources(program, env):
    out = subprocess.run(program + ['sources'], env=env, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def failing(program, env):
    """Says which sources could not be had, and why."""
    for source in sources(program, env):
        for listing in source['listings']:
            if listing['failing']:
                print(f'failing: {listing["address"]}: {listing["failing"]}')


if __name__ == '__main__':
    main()
