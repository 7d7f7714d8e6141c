#!/usr/bin/env python3
"""Scores how feeds are read: every file of the conformance corpus ../shared/feeds, in one run.

    ./dev bench feeds                the release build; the speed of three readers after it
    python3 bench/feeds.py --fails fails.jsonl --program target/debug/pressmark

The judging is the corpus's own (score.py), but for the rows of the sanitiser: they compare with one
program's bytes, so they are judged a second time by the text that a reader would see.
Needs ../shared/feeds. Standard library only."""
import argparse
import collections
import html.parser
import json
import subprocess
import sys

from replay import ROOT

FEEDS = ROOT.parent / 'shared' / 'feeds'
UNSEEN = {'script', 'style'}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--fails', help='write every assertion not held to this file')
    given = options.parse_args()
    if not FEEDS.exists():
        print('SKIPPED: ../shared/feeds is not here')
        return
    sys.path.insert(0, str(FEEDS))
    import score
    rows = [json.loads(line) for line in (FEEDS / 'expected.jsonl').open(encoding='utf8')]
    first, second = read(given.program, rows), read(given.program, rows)
    same = sum(ids(first[row['id']]) == ids(second[row['id']]) for row in rows)
    found = {id: score.document(answer) for id, answer in first.items()}
    table, fails = judge(score, rows, found)
    show(table, rows)
    documents = sum(bool(found[row['id']]['ok']) for row in rows)
    print(f'\n{documents} of {len(rows)} files gave a document; '
          f'{same} gave the same ids in two runs')
    if given.fails:
        with open(given.fails, 'w', encoding='utf8') as out:
            out.writelines(json.dumps(fail, ensure_ascii=False) + '\n' for fail in fails)


def read(program, rows):
    """Returns what the program prints for each row, by its id."""
    asked = ({'id': row['id'], 'path': str(FEEDS / row['file']), 'base': row['base'] or '',
              'content_type': row['content_type'] or ''} for row in rows)
    lines = ''.join(json.dumps(row) + '\n' for row in asked)
    ran = subprocess.run([program, 'read-listing', '--jsonl'], input=lines.encode(),
                         stdout=subprocess.PIPE, check=True)
    answers = map(json.loads, ran.stdout.splitlines())
    return {answer['id']: answer for answer in answers}


def ids(answer):
    return [entry.get('id') for entry in answer.get('entries', [])]


def judge(score, rows, found):
    """Counts the core assertions held, by category and group, as they are and as text."""
    table = collections.defaultdict(lambda: [0, 0, 0])
    fails = []
    for row in rows:
        for asked in filter(lambda asked: asked['core'], row['asserts']):
            document = found[row['id']]
            exactly = score.held(document, asked)
            as_text = exactly or is_of_sanitiser(row) and same_text(score, document, asked)
            for group in groups(row):
                count = table[group]
                count[0] += exactly
                count[1] += as_text
                count[2] += 1
            if not as_text:
                got = score.value(document, asked['path'])
                fails.append({'id': row['id'], 'category': row['category'],
                              'modern': row['modern'], 'assert': asked, 'got': got})
    return table, fails


def groups(row):
    yield ('own: ' if row['group'] == 'own' else '') + row['category']
    yield 'OWN' if row['group'] == 'own' else 'ALL UPSTREAM'
    if row['modern']:
        yield 'MODERN UPSTREAM'


def is_of_sanitiser(row):
    return row['category'].startswith('sanitize')


def same_text(score, document, asked):
    values = [score.value(document, path) for path in [asked['path'], *asked.get('alt', [])]]
    return any(isinstance(value, str) and seen(value) == seen(asked.get('value') or '')
               for value in values)


class Words(html.parser.HTMLParser):
    """The text of a piece of markup, without what no reader sees."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.unseen = [], 0

    def handle_starttag(self, tag, attrs):
        self.unseen += tag in UNSEEN

    def handle_endtag(self, tag):
        self.unseen -= tag in UNSEEN and self.unseen > 0

    def handle_data(self, data):
        if not self.unseen:
            self.words.append(data)


def seen(markup):
    words = Words()
    words.feed(markup)
    words.close()
    return ' '.join(''.join(words.words).split())


def show(table, rows):
    files = collections.Counter(group for row in rows for group in groups(row))
    print('% of core assertions held\n')
    print('| category | files | assertions | as is | sanitiser as text |')
    print('|---|---|---|---|---|')
    for group in sorted(table, key=lambda group: (group.isupper(), group)):
        exactly, as_text, asked = table[group]
        print(f'| {group} | {files[group]} | {asked} | {100 * exactly / asked:.1f} '
              f'| {100 * as_text / asked:.1f} |')


if __name__ == '__main__':
    main()
