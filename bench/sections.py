#!/usr/bin/env python3
"""Reads section pages with `read-listing` and says which links to articles were found.

    python3 bench/sections.py                      the pages in bench/sections/, and ../shared/world's
    python3 bench/sections.py --program target/debug/pressmark --worst 5 --articles

A page of bench/sections/ is an HTML file whose first line is a comment with its address; on every
link that leads to an article the page carries `data-article`, which is taken off before it is read.
Also counts how often pages that are one article are taken for a section. Standard library only."""
import argparse
import gzip
import html.parser
import json
import pathlib
import subprocess
import urllib.parse

from replay import ROOT, WORLD, hosts, rows

PAGES = ROOT / 'bench' / 'sections'
ARTICLES = ROOT.parent / 'shared' / 'extraction' / 'pages'


class Labels(html.parser.HTMLParser):
    """The addresses that a page of ours marks as articles."""

    def __init__(self, base):
        super().__init__()
        self.base, self.articles = base, set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if 'data-article' in attrs:
            self.articles.add(key(urllib.parse.urljoin(self.base, attrs['href'])))


def key(address):
    """What two addresses of one page have in common, plainly."""
    split = urllib.parse.urlsplit(address)
    path = urllib.parse.unquote(split.path).rstrip('/')
    query = [pair for pair in split.query.split('&') if not pair.startswith(('utm_', 'spm='))]
    return split.netloc.lower() + path + '?' + '&'.join(query)


def own_pages():
    for path in sorted(PAGES.rglob('*.html')):
        text = path.read_text(encoding='utf8')
        base = text.split('\n', 1)[0].removeprefix('<!--').removesuffix('-->').strip()
        labels = Labels(base)
        labels.feed(text)
        yield path.stem, base, text.split('\n', 1)[1].replace(' data-article', ''), labels.articles


def world_pages():
    every = {key(row['url']) for row in rows() if row['kind'] == 'article'}
    for host in hosts().values():
        told = host['articles']
        every |= {key(one['url'] if isinstance(one, dict) else one) for one in told} if isinstance(told, list) else set()
    for row in rows():
        if row['kind'] == 'section':
            text = body(row)
            labels = Linked(row['url'])
            labels.feed(text)
            yield row['url'], row['url'], text, labels.found & every


class Linked(Labels):
    """The addresses that a page links to."""

    def __init__(self, base):
        super().__init__(base)
        self.found = set()

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get('href')
        if tag == 'a' and href:
            self.found.add(key(urllib.parse.urljoin(self.base, href)))


def body(row):
    stored = (WORLD / row['file']).read_bytes()
    return (gzip.decompress(stored) if row['gz'] else stored).decode()


def ask(program, questions):
    """Answers of `read-listing --jsonl`, in order."""
    text = ''.join(json.dumps(question) + '\n' for question in questions)
    out = subprocess.run([program, 'read-listing', '--jsonl'], input=text, text=True,
                         stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def sections(name, pages, given):
    pages = list(pages)
    answers = ask(given.program, [{'id': id, 'base': base, 'text': text} for id, base, text, _ in pages])
    wanted = found = wrong = 0
    worst = []
    for (id, base, text, articles), answer in zip(pages, answers):
        got = {key(entry['link']): entry.get('title', '') for entry in answer.get('entries', [])}
        missed, more = articles - got.keys(), got.keys() - articles
        wanted, found, wrong = wanted + len(articles), found + len(articles) - len(missed), wrong + len(more)
        worst.append((len(missed) + len(more), id, len(articles), sorted(missed), sorted(more)))
    share = 100 * found / max(wanted, 1)
    print(f'{name}: {len(pages)} pages, {found} of {wanted} articles found ({share:.1f} %), '
          f'{wrong} wrong ({100 * wrong / max(found + wrong, 1):.1f} % of what was returned)')
    for bad, id, count, missed, more in sorted(worst, key=lambda row: -row[0])[:given.worst]:
        if bad:
            print(f'  {id}: {count} articles, missed {len(missed)}, wrong {len(more)}')
            for sign, address in [('-', one) for one in missed] + [('+', one) for one in more]:
                print(f'    {sign} {address}')


def articles(given):
    """How many pages that are one article are taken for a section."""
    for corpus in sorted(path for path in ARTICLES.iterdir() if (path / 'gold.jsonl').exists()):
        gold = [json.loads(line) for line in (corpus / 'gold.jsonl').read_text().splitlines()]
        questions = [{'id': row['id'], 'base': row.get('url') or '', 'path': str(path)}
                     for row in gold if (path := corpus / f'{row["id"]}.html.gz').exists()]
        answers = ask(given.program, questions)
        taken = [(len(answer['entries']), answer['id']) for answer in answers if answer.get('entries')]
        print(f'articles of {corpus.name}: {len(answers)} pages, {len(answers) - len(taken)} are no section')
        for count, id in sorted(taken, reverse=True)[:given.worst]:
            print(f'  {id}: {count} entries')


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--worst', type=int, default=3, help='how many bad pages are told of each corpus')
    options.add_argument('--articles', action='store_true', help='also read pages that are one article')
    given = options.parse_args()
    sections('bench/sections', own_pages(), given)
    if WORLD.exists():
        sections('world', world_pages(), given)
    if given.articles and ARTICLES.exists():
        articles(given)


if __name__ == '__main__':
    main()
