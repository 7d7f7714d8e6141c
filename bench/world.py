#!/usr/bin/env python3
"""Follows every source of the replayed news web in one round; prints articles/s and peak memory.

    ./dev bench                     the release build
    python3 bench/world.py --program target/debug/pressmark --gap-ms 0

Needs ../shared/world and the openssl command. Standard library only."""
import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORLD = ROOT.parent / 'shared' / 'world'


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def ask(port, path):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(f'http://127.0.0.1:{port}{path}', timeout=10).read()


def start_world(folder):
    port = free_port()
    command = [sys.executable, str(WORLD / 'world_server.py'), '--port', str(port), '--mitm',
               '--ca', str(folder / 'ca'), '--quiet']
    world = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(100):
        try:
            ask(port, '/_stats')
            return world, port
        except OSError:
            time.sleep(0.1)
    world.kill()
    sys.exit('the world server did not start')


def measured(command, env):
    """Runs a command; returns its exit code, seconds, CPU seconds and peak memory in MiB."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    return os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--gap-ms', type=int, default=0, help='pause between requests of a host')
    options.add_argument('--keep', help='keep the library in this folder')
    given = options.parse_args()
    if not WORLD.exists():
        print('SKIPPED: ../shared/world is not here')
        return
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        world, port = start_world(scratch)
        try:
            run(given, scratch, port)
        finally:
            world.send_signal(signal.SIGTERM)
            world.wait()


def run(given, scratch, port):
    (scratch / 'ca.pem').write_bytes(ask(port, '/_ca.pem'))
    config = scratch / 'pressmark.toml'
    config.write_text(f'[fetch]\ngap_ms = {given.gap_ms}\n')
    library = given.keep or str(scratch / 'library')
    env = {**os.environ, 'PRESSMARK_LIBRARY': library, 'PRESSMARK_PROXY': f'http://127.0.0.1:{port}',
           'PRESSMARK_CA': str(scratch / 'ca.pem')}
    program = [given.program, '--config', str(config), '-q']
    hosts = json.loads((WORLD / 'hosts.json').read_text())
    feeds = [host['feeds'][0] for host in hosts.values() if host['feeds']]

    code, seconds, cpu, peak = measured(program + ['add', '--yes', *feeds], env)
    print(f'add:    exit {code}, {len(feeds)} sources, {seconds:.1f} s, {cpu:.1f} CPU-s, peak {peak:.0f} MiB')
    code, seconds, cpu, peak = measured(program + ['fetch'], env)
    lines = subprocess.run(program + ['sources', '--json'], env=env, capture_output=True, check=True)
    sources = [json.loads(line) for line in lines.stdout.splitlines()]
    articles = sum(source['articles'] for source in sources)
    print(f'fetch:  exit {code}, {articles} articles, {seconds:.1f} s, {cpu:.1f} CPU-s, '
          f'{articles / seconds:.1f} articles/s, {articles / cpu:.1f} articles/CPU-s, peak {peak:.0f} MiB')
    code, seconds, cpu, peak = measured(program + ['fetch'], env)
    print(f'again:  exit {code}, {seconds:.1f} s, {cpu:.1f} CPU-s, peak {peak:.0f} MiB')
    code, seconds, cpu, peak = measured(program + ['verify', '--full'], env)
    print(f'verify: exit {code}, {seconds:.1f} s, {cpu:.1f} CPU-s, peak {peak:.0f} MiB')


if __name__ == '__main__':
    main()
