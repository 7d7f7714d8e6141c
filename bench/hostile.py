#!/usr/bin/env python3
"""Follows every misbehaving server at once, then a site that points at private addresses, reads hostile
documents, and says what went wrong.

    ./dev hostile                   the release build
    python3 bench/hostile.py --program target/debug/pressmark

Needs ../shared/hostile and the openssl command; the second part also `unshare` and `ip`. Standard library only."""
import argparse
import datetime
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOSTILE = ROOT.parent / 'shared' / 'hostile'
PEAK_MIB_MAX = 256
MIB = 1024 * 1024

# The server binds one loopback address; taking all of them makes every path a host of its own.
SERVER = '''
import runpy, socketserver, sys
bind = socketserver.TCPServer.server_bind
def everywhere(server):
    server.server_address = ('', server.server_address[1])
    bind(server)
socketserver.TCPServer.server_bind = everywhere
socketserver.TCPServer.verify_request = lambda server, request, peer: peer[0].startswith('127.')
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name='__main__')
'''

# What `sources` must say of a listing at this path; None: that it does well; '': either.
PROTOCOL = 'not proper HTTP'
NO_FEED = 'feed|sitemap'
LONG_HEAD = 'more than 100|over 64 KiB|' + PROTOCOL
BOMB = 'unpacks to more than|is over 16 MiB'
SAYS = {
    '/ok': None, '/slow-head': 'took too long', '/slow-body': 'too slow|took too long', '/never': 'took too long',
    '/infinite': 'over 16 MiB', '/infinite-chunked': 'over 16 MiB', '/huge-length': 'over 16 MiB',
    '/neg-length': PROTOCOL, '/two-lengths': PROTOCOL, '/short-body': 'ended before', '/chunk-garbage': PROTOCOL,
    '/chunk-cut': 'ended before', '/chunk-ext': PROTOCOL + '|ended before|' + NO_FEED, '/header-flood': LONG_HEAD,
    '/header-long': LONG_HEAD, '/header-bytes': '', '/status-junk': PROTOCOL, '/hundred-continue': 'more than 10 ',
    '/gzip-bomb': BOMB, '/gzip-gzip-bomb': BOMB + '|content coding', '/br-bomb': BOMB,
    '/zstd-bomb': BOMB + '|not the zstd', '/gzip-lie': 'not the gzip', '/gzip-cut': 'ended before',
    '/gzip-trailing': '', '/enc-unknown': '`x-evil`', '/charset-lie': NO_FEED, '/charset-unknown': None,
    '/utf7': NO_FEED, '/type-lie': NO_FEED, '/svg-script': NO_FEED, '/redirect-loop': 'redirects lead back',
    '/redirect-chain': 'more than 10 redirects', '/redirect-private': '169.254.169.254', '/redirect-file': '`file`',
    '/redirect-gopher': '`gopher`', '/redirect-data': '`data`', '/redirect-creds': '`localhost`',
    '/redirect-long': 'over 8 KiB|' + LONG_HEAD, '/redirect-none': 'leads nowhere', '/redirect-crlf': 'answered 404',
    '/redirect-301-back': None, '/retry-after-huge': LONG_HEAD + '|answered 429',
    '/retry-after-century': 'answered 503', '/retry-after-negative': 'answered 429', '/cookies': LONG_HEAD,
    '/cookie-wall': 'redirects lead back', '/etag-lie': '`unchanged`', '/etag-huge': LONG_HEAD, '/date-future': None,
    '/auth': 'answered 401', '/empty': 'with nothing', '/soft-404': NO_FEED, '/flip': None,
    '/guid-churn': 'too many', '/reset': 'connection|ended before',
}
TLS_SAYS = ['issued by nobody|not trust', 'another name|issued by nobody', 'expired|issued by nobody', 'took too long']
# Smaller than usual, so that two cores have them packed before the client stops waiting.
SIZES = {'/gzip-bomb': 256, '/gzip-gzip-bomb': 256, '/br-bomb': 64, '/zstd-bomb': 64}
# The client hangs up; what the server got rid of is the cap and what lies in the sockets' buffers.
STOPPED = ['/slow-body', '/infinite', '/infinite-chunked', '/header-flood', '/header-long', '/hundred-continue']
SENT_BYTES_MAX = 48 * MIB
ASKED_TWICE = ['/ok', '/flip', '/guid-churn', '/etag-lie']


class Tally:
    """What is right and what is wrong, a line each."""
    right = wrong = 0

    def say(self, name, faults):
        self.right, self.wrong = self.right + (not faults), self.wrong + bool(faults)
        print(f'{name:32} {"; ".join(faults) or "ok"}', flush=True)


def free_ports(length):
    """Returns the first of some neighbouring ports that nobody listens on."""
    for first in range(20080, 32000, 16):
        held = [socket.socket() for _ in range(length)]
        try:
            for i, s in enumerate(held):
                s.bind(('', first + i))
            return first
        except OSError:
            continue
        finally:
            for s in held:
                s.close()
    sys.exit('no free ports')


def ask(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return json.loads(opener.open(address, timeout=10).read())


def start_hostile(port):
    command = [sys.executable, '-c', SERVER, str(HOSTILE / 'hostile_server.py'), str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            ask(f'http://127.0.0.1:{port}/')
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    sys.exit('the hostile server did not start')


class Program:
    """Pressmark with a library of its own; remembers its peak memory and all that it complained of."""

    def __init__(self, path, folder, allow, hosts_at_once=200):
        self.path, self.library = path, folder / 'library'
        self.config = folder / 'pressmark.toml'
        self.config.write_text(f'[fetch]\ngap_ms = 0\nhosts_at_once = {hosts_at_once}\nallow = {json.dumps(allow)}\n')
        self.peak_mib, self.complaints = 0, b''

    def run(self, *words, seconds=120):
        """Runs it; returns exit code, output and what it said on the side."""
        command = [self.path, '--config', str(self.config), '--library', str(self.library), *words]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
            timer = threading.Timer(seconds, process.kill)
            timer.start()
            _, status, used = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0), err.seek(0)
            out, err = out.read(), err.read()
        self.peak_mib = max(self.peak_mib, used.ru_maxrss / 1024)
        self.complaints += out + err
        return process.returncode, out, err

    def sources(self):
        lines = self.run('sources', '--json')[1].splitlines()
        return {source['listings'][0]['address']: source for source in map(json.loads, lines)}

    def articles(self, folder):
        self.run('print', '--form', 'jsonl', '--out', str(folder))
        printed = folder / 'articles.jsonl'
        return [json.loads(line) for line in printed.open()] if printed.exists() else []

    def faults(self):
        """What must not be, whatever was fetched."""
        faults = []
        if self.peak_mib > PEAK_MIB_MAX:
            faults.append(f'peak {self.peak_mib:.0f} MiB')
        if b'panicked' in self.complaints:
            faults.append('a panic: ' + repr(self.complaints[self.complaints.index(b'panicked'):][:300]))
        if raw := re.findall(rb'[\x00-\x08\x0b-\x1f\x7f]', self.complaints):
            faults.append(f'control bytes on the terminal: {set(raw)}')
        code, out, err = self.run('verify', '--full')
        if code != 0:
            faults.append(f'verify: exit {code} {out + err}')
        return faults


def png(side=64):
    """A picture that can be read, so that we know that pictures were asked for."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + os.urandom(side * 3) for _ in range(side))
    head = struct.pack('>IIBBBBB', side, side, 8, 2, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


STORY = ''.join(f'<p>The ferry of the {word} hour crossed the bay slowly, and everybody who stood on the quay could '
                'see how the new captain took her time, turned into the wind, and came in without a scratch.</p>'
                for word in ('first', 'second', 'third', 'fourth', 'fifth'))


def page(title, body, head=''):
    return f'<!doctype html><html lang=en><title>{title}</title>{head}<article><h1>{title}</h1>{STORY}{body}</article>'


def feed(entries):
    items = ''.join(f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{title}</guid>'
                    f'<description>Listing words of {title}.</description></item>' for title, link in entries)
    return f'<rss version="2.0"><channel><title>The Good Gazette</title><link>/</link>{items}</channel></rss>'


def serve(host, port, answers):
    """Serves what `answers` (path to status, headers, body) has, in a thread."""
    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers.get(self.path, (404, {}, b''))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            asked[self.path] = asked.get(self.path, 0) + 1

        def log_message(self, *_):
            pass
    asked = {}
    server = http.server.ThreadingHTTPServer((host, port), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return asked


def ok(kind, body):
    return 200, {'Content-Type': kind}, body if isinstance(body, bytes) else body.encode()


def good_site(port, hostile, paths):
    """A site whose entries' pages, and whose page's pictures, are the hostile server's."""
    def at(third, i, path):
        return f'http://127.0.{third}.{i + 1}:{hostile}{sized(path)}'
    site = f'http://127.0.2.1:{port}'
    entries = [('control', f'{site}/control'), ('pictures', f'{site}/pictures')]
    entries += [(f'page {path}', at(1, i, path)) for i, path in enumerate(paths)]
    pictures = ''.join(f'<p><img src="{at(3, i, path)}" width=600 height=400></p>' for i, path in enumerate(paths))
    control = '<figure><img src="/good.png" width=600 height=400><figcaption>The quay</figcaption></figure>'
    return serve('127.0.2.1', port, {
        '/feed.xml': ok('application/rss+xml', feed(entries)), '/control': ok('text/html', page('control', control)),
        '/pictures': ok('text/html', page('pictures', pictures)), '/good.png': ok('image/png', png()),
        '/again': (429, {'Retry-After': '1'}, b'')})


def sized(path):
    return f'{path}?n={SIZES[path]}' if path in SIZES else path


def misbehaving(program_path, tally):
    """The first part: every path as a listing, as a page and as a picture, side by side."""
    began = time.monotonic()
    port = free_ports(8)
    server = start_hostile(port)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            paths = [case['path'] for case in ask(f'http://127.0.0.1:{port}/')]
            tls_len = 4
            hosts = [f'127.0.{third}.{i + 1}:{port}' for third in (0, 1, 3) for i in range(len(paths))]
            hosts += [f'127.0.0.1:{port + 1 + i}' for i in range(tls_len)] + [f'127.0.2.1:{port + 6}']
            program = Program(program_path, pathlib.Path(scratch), hosts)
            asked = good_site(port + 6, port, paths)
            follow_all(program, tally, paths, port, tls_len)
            look_at_listings(program, tally, paths, port)
            look_at_articles(program, tally, pathlib.Path(scratch), port, paths, asked)
            tally.say('the program', program.faults())
            print(f'{len(paths)} paths x 3, {tls_len} TLS ports, {time.monotonic() - began:.0f} s, '
                  f'peak {program.peak_mib:.0f} MiB', flush=True)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def follow_all(program, tally, paths, port, tls_len):
    addresses = listing_addresses(paths, port)
    tls = [f'https://127.0.0.1:{port + 1 + i}/ok' for i in range(tls_len)]
    site = f'http://127.0.2.1:{port + 6}'
    code, _, err = program.run('add', '--yes', '--anyway', *addresses, *tls, f'{site}/feed.xml', f'{site}/again')
    tally.say('add', [] if code == 0 else [f'exit {code}: {err[-2000:]}'])
    code, _, err = program.run('fetch')
    tally.say('fetch', [] if code == 3 else [f'exit {code}: {err[-2000:]}'])


def listing_addresses(paths, port):
    return [f'http://127.0.0.{i + 1}:{port}{sized(path)}' for i, path in enumerate(paths)]


def look_at_listings(program, tally, paths, port):
    sources, before = program.sources(), ask(f'http://127.0.0.1:{port}/_seen')
    addresses = dict(zip(paths, listing_addresses(paths, port)))
    for path in ASKED_TWICE:
        for _ in range(2):
            program.run('fetch', sources[addresses[path]]['name'])
    again, after = program.sources(), ask(f'http://127.0.0.1:{port}/_seen')
    for path, address in addresses.items():
        source = again.get(address)
        faults = listing_faults(path, source) if source else ['the source is gone']
        tally.say(path, faults + server_faults(path, before, after))
    for i, says in enumerate(TLS_SAYS):
        source = again.get(f'https://127.0.0.1:{port + 1 + i}/ok')
        reason = source and source['listings'][0]['failing'] or ''
        if i == 2 and 'refused' in reason:
            print('SKIPPED: this openssl makes no expired certificates')
            continue
        tally.say(f'TLS +{i + 1}', [] if re.search(says, reason) else [f'says {reason!r}'])


def listing_faults(path, source):
    listing, says = source['listings'][0], SAYS.get(path, '')
    reason, faults = listing['failing'], []
    if says is None and reason:
        faults.append(f'should do well, says {reason!r}')
    if says and not re.search(says, reason or ''):
        faults.append(f'should say /{says}/, says {reason!r}')
    if reason and (re.search(r'[\x00-\x1f\x7f]', reason) or len(reason) > 500 or re.search(r'\w+ \{ |Error\(', reason)):
        faults.append(f'not for a person: {reason!r}')
    wait = moment(listing['next_visit']) - moment(listing['visited'])
    if not 60 < wait.total_seconds() <= 24 * 3600 + 60:
        faults.append(f'comes back after {wait}')
    most = {'/guid-churn': 10_000}.get(path, 1)
    if listing['entries'] > (most if says is None or not says or path == '/guid-churn' else 0):
        faults.append(f'{listing["entries"]} entries kept')
    if says is None and not listing['entries']:
        faults.append('no entry kept')
    return faults


def moment(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))


def server_faults(path, before, after):
    """What the server saw: that the client stopped, and asked no more often than it should."""
    seen = after.get(path.strip('/'), dict(hits=0, sent=0, hangups=0))
    faults, hits = [], max(seen['hits'], 1)
    if path in STOPPED and (seen['hangups'] < seen['hits'] or seen['sent'] / hits > SENT_BYTES_MAX):
        faults.append(f'did not stop: {seen}')
    if path == '/ok':
        first = before['ok']
        again = (seen['sent'] - first['sent']) / max(seen['hits'] - first['hits'], 1)
        if again > 150:
            faults.append(f'asked without its ETag: {again} bytes sent again')
    if path == '/redirect-chain' and seen['hits'] > 11 * 5 or path in ('/redirect-loop', '/cookie-wall') and hits > 8:
        faults.append(f'{hits} requests')
    return faults


def look_at_articles(program, tally, scratch, port, paths, asked):
    articles = {article['title']: article for article in program.articles(scratch / 'printed')}
    control = json.dumps(articles.get('control', {}))
    tally.say('good feed, good page', [] if 'new captain' in control else ['the article is not there'])
    kept = [path for path in (program.library / 'pictures').rglob('*') if path.is_file()]
    bad = [path for path in kept if path.read_bytes()[:4] != b'\x89PNG']
    tally.say('pictures', [f'{len(kept)} kept, 1 expected'] if len(kept) != 1 or bad else [])
    told = json.dumps(list(articles.values()))
    wrong = ('<script', 'root:x:', 'aaaaaaaaaaaa', '9999-12', '\\ufffd')
    faults = [f'{words!r} stands in an article' for words in wrong if words in told]
    tally.say('articles', faults)
    for path in paths:
        if path in ('/infinite', '/infinite-chunked', '/short-body', '/gzip-cut', '/chunk-cut', '/reset', '/slow-body'):
            text = json.dumps(articles.get(f'page {path}', ''))
            tally.say(f'page {path}', [] if text == '""' or 'Listing words' in text else ['a broken page was kept'])
    tally.say('Retry-After: 1', [] if asked.get('/again', 0) < 8 else [f'{asked["/again"]} requests'])


# The second part: addresses that must never be reached, in the spellings of people who try.
CANARY_PORTS = [80, 443, 2375, 3000, 5000, 5432, 5984, 6379, 7070, 8000, 8080, 8081, 8443, 8888, 9000, 9090, 9200,
                10250, 11211, 27017]
PRIVATE = ['169.254.169.254', '10.0.0.5', '192.168.1.1', '100.64.0.7', '127.0.0.9']
HOSTS = '127.0.0.1 localhost\n::1 localhost\n127.0.0.1 evil.example\n169.254.169.254 metadata.example\n' \
        '10.0.0.5 inner.example\n::1 six.example\n192.168.1.1 router.example\n'
SPELLINGS = [
    'http://127.0.0.1:8080/x', 'http://127.1:8080/x', 'http://2130706433:8080/x', 'http://0x7f.0.0.1:8080/x',
    'http://0177.0.0.1:8080/x', 'http://127.0.0.1.:8080/x', 'http://localhost:8080/x', 'http://LOCALHOST.:8080/x',
    'http://[::1]:8080/x', 'http://[::ffff:127.0.0.1]:8080/x', 'http://[::ffff:7f00:1]:8080/x', 'http://0:8080/x',
    'http://0.0.0.0:8080/x', 'http://[::]:8080/x', 'http://①②⑦.⓪.⓪.①:8080/x', 'http://127。0。0。1:8080/x',
    'http://169.254.169.254/latest/meta-data/', 'http://2852039166/', 'http://[::ffff:a9fe:a9fe]/', 'http://10.0.0.5/x',
    'http://192.168.1.1/x', 'http://100.64.0.7/x', 'http://127.0.0.9:8000/x', 'http://evil.example/x',
    'https://evil.example/x', 'http://evil.example:8080/x', 'http://metadata.example/x', 'http://inner.example:8443/x',
    'http://six.example:8080/x', 'http://router.example/x', '//127.0.0.1:8080/x', 'http:\\\\127.0.0.1:8080\\x',
    'http:/\\127.0.0.1:8080/x', 'http://user:pw@127.0.0.1:8080/x', 'http://127.0.0.1:8080@evil.example:8080/x',
    'gopher://127.0.0.1:6379/_x', 'dict://127.0.0.1:11211/x', 'ftp://127.0.0.1:8000/x', 'feed:http://127.0.0.1:8080/x',
    'http://evil.example:6379/x', 'http://127.0.0.1%3A8080/x', 'http://127.0.0.1\t:8080/x', 'http://localhost%2e:8080/',
]


def start_canaries():
    """Listens on every canary port of every address; returns the list of what came."""
    came = []

    def listen(port):
        canary = socket.create_server(('::', port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
        while True:
            connection, peer = canary.accept()
            connection.settimeout(1)
            try:
                came.append((port, peer[0], connection.recv(200)))
            except OSError:
                came.append((port, peer[0], b''))
            connection.close()
    for port in CANARY_PORTS:
        threading.Thread(target=listen, args=(port,), daemon=True).start()
    time.sleep(0.5)
    return came


def luring_site(port):
    """Answers whose every place for an address names a canary."""
    site = f'http://127.0.0.1:{port}'
    spelt = [to.replace('&', '&amp;').replace('"', '%22') for to in SPELLINGS]
    images = ''.join(f'<img src="{to}" srcset="{to} 2x" data-src="{to}">' for to in spelt)
    images += ''.join(f'<img src="/hop/{i}"><picture><source srcset="/hop/{i}"><img src="{to}"></picture>'
                      for i, to in enumerate(spelt))
    heads = [f'<link rel=canonical href="{to}"><meta property="og:image" content="{to}"><meta property="og:url" '
             f'content="{to}"><link rel=amphtml href="{to}"><link rel=icon href="{to}"><link rel=next href="{to}">'
             f'<base href="{to}"><meta http-equiv=refresh content="0;url={to}"><link rel=stylesheet href="{to}">'
             for to in spelt]
    frames = ''.join(f'<iframe src="{to}"></iframe><video poster="{to}" src="{to}"></video>' for to in spelt)
    answers = {f'/page/{i}': ok('text/html; charset=utf-8', page(f'lure {i}', frames, head))
               for i, head in enumerate(heads)}
    answers |= {f'/hop/{i}': (302, {'Location': to.encode().decode('latin-1')}, b'')
                for i, to in enumerate(SPELLINGS) if '\t' not in to}
    entries = [(f'to {i}', to) for i, to in enumerate(spelt)] + [(f'hop {i}', f'/hop/{i}') for i in range(len(spelt))]
    entries += [(f'lure {i}', f'/page/{i}') for i in range(len(spelt))] + [('pictures', '/pictures')]
    extra = ''.join(f'<atom:link rel="{rel}" href="{to}"/><icon>{to}</icon><docs>{to}</docs>'
                    for to in spelt for rel in ('next', 'self', 'hub', 'alternate', 'enclosure'))
    listing = feed(entries).replace('<link>/</link>', '<link>/</link>' + extra)
    doctype = '<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:8080/x"?>' \
              '<!DOCTYPE rss SYSTEM "http://127.0.0.1:8080/x.dtd" [<!ENTITY x SYSTEM "http://127.0.0.1:8080/x">]>'
    links = ''.join(f'<link rel=alternate type="application/rss+xml" href="{to}">' for to in spelt)
    answers |= {
        '/feed.xml': ok('application/rss+xml; charset=utf-8', doctype + listing),
        '/pictures': ok('text/html; charset=utf-8', page('pictures', images + '<img src="/good.png">')),
        '/good.png': ok('image/png', png()), '/front': ok('text/html; charset=utf-8', page('front', '', links)),
        '/robots.txt': ok('text/plain', 'User-agent: *\nAllow: /\n' + ''.join(f'Sitemap: {to}\n' for to in SPELLINGS)),
        '/sitemap.xml': ok('text/xml', '<sitemapindex>' + ''.join(f'<sitemap><loc>{to}</loc></sitemap>' for to in spelt)
                           + '</sitemapindex>'),
    }
    # Eight of the feeds that a page names are looked at, so every eight have a page.
    for i in range(0, len(spelt), 8):
        few = ''.join(f'<link rel=alternate type="application/rss+xml" href="{to}">' for to in spelt[i:i + 8])
        answers[f'/front/{i}'] = ok('text/html; charset=utf-8', page('front', '', few))
    return site, serve('127.0.0.1', port, answers)


def inside(program_path):
    """Runs in a network of its own; prints what is wrong."""
    subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
    for address in PRIVATE[:4]:
        subprocess.run(['ip', 'address', 'add', f'{address}/32', 'dev', 'lo'], check=True)
    tally, port = Tally(), free_ports(1)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / 'hosts').write_text(HOSTS)
        subprocess.run(['mount', '--bind', str(scratch / 'hosts'), '/etc/hosts'], check=True)
        came = start_canaries()
        probe_canaries(came)
        site, asked = luring_site(port)
        program = Program(program_path, scratch, [f'127.0.0.1:{port}'])
        fronts = [f'{site}/front/{i}' for i in range(0, len(SPELLINGS), 8)] + [f'{site}/front']
        program.run('add', '--yes', *fronts)
        for to in SPELLINGS:
            program.run('add', '--yes', '--anyway', to, seconds=20)
        hops = [f'{site}/hop/{i}' for i in range(len(SPELLINGS))]
        program.run('add', '--yes', '--anyway', f'{site}/feed.xml', f'{site}/sitemap.xml', *hops)
        code, _, err = program.run('fetch')
        faults = [f'port {port} from {peer}: {told[:60]}' for port, peer, told in came]
        tally.say('private addresses', faults[:5])
        kept = program.articles(scratch / 'printed')
        enough = len(kept) >= len(SPELLINGS) and asked.get('/good.png') and asked.get('/hop/0')
        tally.say('the luring site', [] if enough else [f'{len(kept)} articles, exit {code}: {err[-500:]}'])
        tally.say('the program', program.faults())
        print(f'{len(SPELLINGS)} spellings, {len(CANARY_PORTS)} ports x {len(PRIVATE) + 1} addresses, '
              f'{len(came)} connections came, peak {program.peak_mib:.0f} MiB')
    sys.exit(bool(tally.wrong))


def probe_canaries(came):
    """Makes sure that the canaries sing at all."""
    for host in ['127.0.0.1', '::1', 'evil.example', 'metadata.example', *PRIVATE]:
        with socket.create_connection((host, 8080), timeout=5) as probe:
            probe.sendall(b'x')
    for _ in range(50):
        if len(came) == len(PRIVATE) + 4:
            return came.clear()
        time.sleep(0.1)
    sys.exit(f'only {len(came)} canaries answered')


def private(program_path, tally):
    unshare = ['unshare', '--map-root-user', '--net', '--mount']
    if not shutil.which('ip') or subprocess.run([*unshare, 'true'], capture_output=True).returncode:
        print('SKIPPED: no network of our own can be made here (unshare, ip), so private addresses are not tried')
        return
    command = [*unshare, sys.executable, str(pathlib.Path(__file__).resolve()), '--inside', '--program', program_path]
    code = subprocess.run(command).returncode
    tally.wrong += code != 0
    tally.right += code == 0


# The third part: documents, and the tables of addresses and of markup.
GROWTH = re.compile(r'wall<=(\d+)s rss<=(\d+)MiB')
READERS = {'feed': ['read-listing'], 'opml': ['read-listing'], 'page': ['extract', 'read-listing'],
           'image': ['extract', 'read-listing'], 'css': ['read-listing'], 'robots': ['read-listing']}


def documents(program_path, tally):
    """Reads every hostile document alone, within its bounds of CPU seconds and memory."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        make = [sys.executable, str(HOSTILE / 'make_hostile_docs.py'), str(scratch)]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        for name, kind, _, bound in (line.split('\t') for line in open(HOSTILE / 'hostile_docs_bounds.tsv')):
            for reader in READERS.get(kind, []):
                if (scratch / name).exists():
                    tally.say(f'{reader} {name}', document_faults(program_path, reader, scratch / name, bound))


def document_faults(program_path, reader, document, bound):
    seconds_max, mib_max = map(int, GROWTH.search(bound).groups()) if GROWTH.search(bound) else (5, 256)
    where = ['--url' if reader == 'extract' else '--base', 'http://x.example/a']
    command = [program_path, reader, '--json', *where, str(document)]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        timer = threading.Timer(60, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        told = out.read()
    faults, seconds, mib = [], used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    if process.returncode not in (0, 1) or b'panicked' in told:
        faults.append(f'exit {process.returncode}: {told[-300:]}')
    if seconds > seconds_max or mib > mib_max:
        faults.append(f'{seconds:.1f} CPU-s of {seconds_max}, {mib:.0f} MiB of {mib_max}')
    if b'root:x:' in told or re.search(rb'[\x00-\x08\x0b-\x1f\x7f]', told):
        faults.append('a file of ours, or control bytes, stand in the answer')
    return faults


def tables(program_path, tally):
    """Lets the corpus' own scorer judge `guard` and `clean`."""
    markup = ['xss.jsonl', 'xss-copyleft.jsonl']
    for command, what, names in (('guard', 'ssrf', ['ssrf.jsonl']), ('clean', 'xss', markup)):
        rows = b''.join((HOSTILE / name).read_bytes() for name in names)
        answers = subprocess.run([program_path, command, '--jsonl'], input=rows, capture_output=True)
        with tempfile.NamedTemporaryFile() as file:
            file.write(answers.stdout)
            file.flush()
            score = [sys.executable, str(HOSTILE / 'score.py'), what, file.name]
            judged = subprocess.run(score, capture_output=True, text=True)
        tally.say(command, [] if judged.returncode == 0 else [judged.stdout[-500:] + judged.stderr[-500:]])
        print(judged.stdout.strip().splitlines()[-1])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--program', default=str(ROOT / 'target' / 'release' / 'pressmark'))
    options.add_argument('--part', choices=['misbehaving', 'private', 'documents'], help='only this part')
    options.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.inside:
        inside(given.program)
    tally, parts = Tally(), [given.part] if given.part else ['misbehaving', 'private', 'documents']
    if not HOSTILE.exists():
        print('SKIPPED: ../shared/hostile is not here, so only private addresses are tried')
        parts = ['private']
    if 'misbehaving' in parts:
        misbehaving(given.program, tally)
    if 'private' in parts:
        private(given.program, tally)
    if 'documents' in parts:
        documents(given.program, tally)
        tables(given.program, tally)
    print(f'{tally.right} right, {tally.wrong} wrong')
    sys.exit(bool(tally.wrong))


if __name__ == '__main__':
    main()
