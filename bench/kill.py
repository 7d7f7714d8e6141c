#!/usr/bin/env python3
"""Kills the program again and again while it keeps, and looks whether anything was lost.

    python3 bench/kill.py                       100 kills of `fetch`, 30 of `add`, 30 of `import`
    python3 bench/kill.py --kills 10 --seed 7

After every kill `verify --quick` must have nothing to say; in the end every article that was
acknowledged (a line of standard output) must be there, and the library must hold the same articles
and revisions, each once, as one that nobody disturbed.
Needs ../shared/world and ../shared/genre, and warcio. Exit code 1 when something is wrong."""
import argparse
import collections
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from replay import ROOT, WORLD, Replay, hosts

GENRE = ROOT.parent / 'shared' / 'genre'
FOLLOWED = ['www.voachinese.com', 'chinadigitaltimes.net', 'www.telegraph.co.uk', 'www.latimes.com', 'www.163.com',
            'www.independent.co.uk', 'theintercept.com', 'www.thenation.com', 'inews.co.uk', 'apnews.com',
            'www.theguardian.com', 'www.thepaper.cn']
RESTART_SECONDS_MAX = 5


class Drill:
    """A library, the program that is killed over it, and what it acknowledged."""

    def __init__(self, name, given, folder, env=None):
        self.name, self.library, self.wrong = name, folder / name, []
        self.env = {**(env or {}), 'PRESSMARK_LIBRARY': str(self.library)}
        config = folder / 'pressmark.toml'
        config.write_text('[fetch]\ngap_ms = 0\n')
        self.program = [given.program, '--config', str(config), '--json']
        self.chance = random.Random(given.seed)
        self.acknowledged, self.kills, self.slowest = {}, 0, 0.0

    def well(self, *words, codes=(0,)):
        done = subprocess.run(self.program + list(words), env=self.env, capture_output=True, text=True)
        if done.returncode not in codes:
            self.wrong.append(f'`{" ".join(words[:3])}`: exit {done.returncode}: {done.stderr.strip()[-300:]}')
        return done

    def kill(self, words, least_s, most_s):
        """Starts a command and kills it at a moment of chance; tells whether it was still at work."""
        command = subprocess.Popen(self.program + words, env=self.env, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        try:
            command.wait(self.chance.uniform(least_s, most_s))
        except subprocess.TimeoutExpired:
            pass
        running = command.poll() is None
        command.kill()
        self.kills += running
        for line in command.communicate()[0].splitlines():
            self.note(line)
        self.quick(f'after kill {self.kills}')
        return running

    def note(self, line):
        """Notes the article that a whole line acknowledges; the kill may have cut the last one."""
        try:
            row = json.loads(line)
        except ValueError:
            return
        if mark := row.get('pressmark'):
            known = self.acknowledged.get(mark, 0)
            self.acknowledged[mark] = max(known, row.get('revision', 1))

    def quick(self, when):
        if not (self.library / 'library.sqlite').exists():
            return
        began = time.monotonic()
        said = self.well('verify', '--quick')
        self.slowest = max(self.slowest, time.monotonic() - began)
        for line in said.stdout.splitlines():
            if json.loads(line).get('wrong'):
                self.wrong.append(f'{when}: {line}')

    def rounds(self):
        """Two rounds to the end; the first opens what a kill left, which must be quick."""
        began = time.monotonic()
        self.well('fetch', 'nobody', codes=(1,))
        seconds = time.monotonic() - began
        if seconds > RESTART_SECONDS_MAX:
            self.wrong.append(f'a restart took {seconds:.1f} s')
        for _ in range(2):
            self.well('fetch', codes=(0, 3))

    def kept(self):
        """Every article's pressmark with the number of its revisions."""
        catalogue = sqlite3.connect(f'file:{self.library}/library.sqlite?mode=ro', uri=True)
        return dict(catalogue.execute('SELECT pressmark, revisions_len FROM article'))

    def judge(self, expected=None):
        """Looks at the library in the end: `expected` is what it would hold without any kill."""
        for line in self.well('verify', '--full').stdout.splitlines():
            if json.loads(line).get('wrong'):
                self.wrong.append(f'in the end: {line}')
        catalogue = sqlite3.connect(f'file:{self.library}/library.sqlite?mode=ro', uri=True)
        kept = self.kept()
        for mark, revision in self.acknowledged.items():
            if kept.get(mark, 0) < revision:
                self.wrong.append(f'{mark} was acknowledged with revision {revision} and is lost')
        self.double(catalogue)
        for mark in sorted(kept.keys() | expected.keys()):
            if kept.get(mark) != expected.get(mark):
                self.wrong.append(f'{mark}: {kept.get(mark)} revisions, {expected.get(mark)} without a kill')
        for path in self.library.rglob('*'):
            if path.is_file() and not self.known(path):
                self.wrong.append(f'left behind: {path}')
        warcs = sorted((self.library / 'captures').glob('*.warc.gz'))
        for warc in warcs:
            seen = subprocess.run(['warcio', 'check', str(warc)], capture_output=True, text=True)
            if seen.returncode:
                self.wrong.append(f'warcio check {warc.name}: {(seen.stdout + seen.stderr).strip()[:300]}')
        print(f'{self.name}: {self.kills} kills at work, {len(self.acknowledged)} articles acknowledged before '
              f'one, {len(kept)} kept; {len(warcs)} WARC files; slowest verify --quick {self.slowest:.2f} s: '
              f'{"well" if not self.wrong else "WRONG"}', flush=True)
        for wrong in self.wrong[:20]:
            print(f'  {wrong}')
        return not self.wrong

    def double(self, catalogue):
        """Looks for an article that is there twice: the same identity, or the same entry twice."""
        lost = catalogue.execute('SELECT identity, COUNT(*) FROM article GROUP BY identity HAVING COUNT(*) > 1')
        self.wrong += [f'{identity} is kept {n} times' for identity, n in lost]
        guids = catalogue.execute('SELECT source, guid, COUNT(*) FROM entry GROUP BY 1, 2 HAVING COUNT(*) > 1')
        self.wrong += [f'entry {guid} is kept {n} times' for _, guid, n in guids]

    def known(self, path):
        inside = path.relative_to(self.library).parts
        if len(inside) == 1:
            return path.name in ('library.lock', 'library.sqlite', 'library.sqlite-wal', 'library.sqlite-shm',
                                 'pressmark.toml')
        if inside[0] in ('captures', 'left'):
            return path.name.endswith('.warc.gz')
        return inside[0] == 'pictures' and len(inside) == 3 and 'part' not in path.name and 'tmp' not in path.name


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--kills', type=int, default=100)
    options.add_argument('--seed', type=int, default=20)
    given = options.parse_args()
    if not WORLD.exists() or not GENRE.exists() or not shutil.which('warcio'):
        print('SKIPPED: ../shared/world, ../shared/genre or warcio is not here')
        return
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        with Replay(scratch) as replay:
            expected = undisturbed(given, scratch, replay)
            well = [fetching(given, scratch, replay, expected), adding(given, scratch, replay, expected),
                    importing(given, scratch)]
    sys.exit(0 if all(well) else 1)


def feeds():
    return {name: host['feeds'][0] for name, host in hosts().items() if name in FOLLOWED}


def undisturbed(given, scratch, replay):
    """What a library holds when nobody kills the program."""
    drill = Drill('undisturbed', given, scratch, replay.env(scratch))
    drill.well('add', '--yes', *feeds().values())
    drill.rounds()
    return drill.kept()


def fetching(given, scratch, replay, expected):
    """Kills `fetch`. When a round is done in spite of it, the drill goes on with another library."""
    begun = kills = 0
    well = True
    while kills < given.kills:
        begun += 1
        drill = Drill(f'fetch {begun}', given, scratch, replay.env(scratch))
        drill.chance.seed(given.seed + begun)
        drill.well('add', '--yes', *feeds().values())
        while kills + drill.kills < given.kills and drill.kill(['fetch'], 0.02, 0.6):
            pass
        kills += drill.kills
        if not drill.kills:
            sys.exit('a round is over before it can be killed')
        drill.rounds()
        well &= drill.judge(expected)
    return well


def adding(given, scratch, replay, expected):
    """Kills `add` of every source, then adds them all: each is followed once."""
    drill = Drill('add', given, scratch, replay.env(scratch))
    for _ in range(given.kills * 3 // 10):
        drill.kill(['add', '--yes', *feeds().values()], 0.01, 0.3)
    # Exit 1 or 3: what is followed already is not followed again.
    drill.well('add', '--yes', *feeds().values(), codes=(0, 1, 3))
    followed = collections.Counter()
    for line in drill.well('sources').stdout.splitlines():
        followed.update(listing['address'] for listing in json.loads(line)['listings'])
    for feed in feeds().values():
        if followed[feed] != 1:
            drill.wrong.append(f'{feed} is followed {followed[feed]} times')
    drill.rounds()
    return drill.judge(expected)


def importing(given, scratch):
    """Kills `import` of the older mirror, then imports it once more, whole."""
    whole = Drill('imported', given, scratch)
    whole.well('import', str(GENRE), codes=(0, 3))
    drill = Drill('import', given, scratch)
    for _ in range(given.kills * 3 // 10):
        drill.kill(['import', str(GENRE)], 0.02, 1.0)
    drill.well('import', str(GENRE), codes=(0, 3))
    return drill.judge(whole.kept())


if __name__ == '__main__':
    main()
