#!/usr/bin/env python3
"""Asks the picture proxy over HTTP, as its callers do, and looks at the answers with another decoder (Pillow).

usage: proxy.py conformance PROGRAM   the cases of images.weserv.nl: 1 if one of the core is wrong that isn't known
       proxy.py hostile PROGRAM       pictures that misbehave: verdicts, time, memory of the server
       proxy.py speed PROGRAM         answers a second, ready and cold, the server and its workers on one core;
                                      cold ones beside a server of Python and libvips (needs wrk and pyvips)

A publisher on loopback serves the corpus; the program is a `serve` over an empty library that is open for it."""
import atexit
import hashlib
import http.server
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / 'shared' / 'pictures'

# What a query may hold as it is (RFC 3986 §2.2), and `%`, for it may be escaped already.
RESERVED = "%/:=&?!*'();@+$,[]-_.~"

# Core cases in which the answer is another than weserv's, and why.
KNOWN = {
    'alignment/attention crop/png': 'an alpha channel that hides nothing is left out; the picture is the same',
}


class Publisher(http.server.BaseHTTPRequestHandler):
    """Serves `routes`: path -> (status, headers, body)."""
    protocol_version = 'HTTP/1.1'
    routes = {}

    def do_GET(self):
        path = self.path.split('#')[0]
        if path == '/robots.txt':
            status, headers, body = 404, {}, b''
        elif path in self.routes:
            status, headers, body = self.routes[path](self) if callable(self.routes[path]) else self.routes[path]
        else:
            status, headers, body = 404, {}, b'nothing here'
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Proxy:
    """The publisher, and the program that is open for it."""

    def __init__(self, program, pinned=(), follow=None):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Publisher)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f'127.0.0.1:{self.server.server_address[1]}'
        self.origin = f'http://{self.host}'
        self.folder = tempfile.TemporaryDirectory()
        library = pathlib.Path(self.folder.name)
        (library / 'pressmark.toml').write_text(
            f'[fetch]\ngap_ms = 0\nallow = ["{self.host}"]\n[pictures]\nhosts = ["127.0.0.1", "*.localhost"]\n')
        environment = {'PATH': os.environ['PATH'], 'PRESSMARK_LIBRARY': str(library)}
        if follow:
            command = [program, 'add', '--yes', self.origin + follow]
            subprocess.run(command, env=environment, check=True, capture_output=True)
        subprocess.run([program, 'fetch', '-q'], env=environment, check=bool(follow), capture_output=True)
        self.child = subprocess.Popen([*pinned, program, 'serve', '--listen', '127.0.0.1:0'], env=environment,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        atexit.register(self.child.kill)
        told = self.child.stderr.readline()
        self.address = re.search(r'http://[^ ]+', told)[0].rstrip('/')
        threading.Thread(target=self.child.stderr.read, daemon=True).start()

    def ask(self, query, method='GET'):
        """Asks the proxy; (status, headers, body). A redirect is an answer."""
        # As it is, but for what no request line may hold.
        url = f'{self.address}/picture/?{urllib.parse.quote(query, safe=RESERVED)}'
        request = urllib.request.Request(url, method=method)
        opener = urllib.request.build_opener(Stay)
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    def memory(self):
        """What the server itself holds, in bytes."""
        status = pathlib.Path(f'/proc/{self.child.pid}/status').read_text()
        return int(re.search(r'VmRSS:\s+(\d+)', status)[1]) * 1024

    def workers(self):
        children = pathlib.Path(f'/proc/{self.child.pid}/task')
        pids = set()
        for task in children.iterdir():
            pids.update((task / 'children').read_text().split())
        return pids

    def close(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(20)
        self.server.shutdown()
        self.folder.cleanup()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def dhash(image):
    """64 bits: whether each of 8 x 9 grey pixels is lighter than the next."""
    image = image.convert('RGBA')
    # What is seen through is seen on black: its own colours are nobody's.
    paper = Image.new('RGBA', image.size, (0, 0, 0, 255))
    grey = Image.alpha_composite(paper, image).convert('L').resize((9, 8), Image.LANCZOS)
    pixels = grey.tobytes()
    return [pixels[9 * y + x] > pixels[9 * y + x + 1] for y in range(8) for x in range(8)]


def seen(case, status, headers, body):
    """What is wrong with an answer, or None."""
    expect = case['expect']
    if status != expect.get('status', 200):
        return f'status {status}: {body[:120]!r}'
    text = body.decode('utf-8', 'replace')
    for words in expect.get('body_contains', []) + expect.get('error_message_contains', []):
        if words not in text:
            return f'lacks {words!r}: {text[:160]!r}'
    if status != 200:
        told = json.loads(text)
        return None if told['status'] == 'error' and told['code'] == status else f'told {told}'
    if 'content_type' in expect and headers['Content-Type'] != expect['content_type']:
        return f'is {headers["Content-Type"]}'
    if headers['Content-Type'].startswith(('application/json', 'text/plain')):
        return None
    image = Image.open(io.BytesIO(body))
    image.load()
    wanted = expect.get('width'), expect.get('page_height', expect.get('height'))
    for got, want in zip(image.size, wanted):
        if want is not None and got != want:
            return f'is {image.size}, not {wanted}'
    if 'page_height' in expect and 'height' in expect and image.n_frames * expect['page_height'] != expect['height']:
        return f'has {image.n_frames} frames'
    if 'has_alpha' in expect and ('A' in image.getbands() or 'transparency' in image.info) != expect['has_alpha']:
        return f'has bands {image.getbands()}'
    if expect.get('exif_orientation_removed') and image.getexif().get(0x112):
        return 'has an orientation'
    if 'similar_to' in expect and 'dhash_max_distance' in expect:
        like = expect['similar_to'].replace('@fixture', case.get('fixture', ''))
        with Image.open(SHARED / 'fixtures' / 'weserv' / like) as like:
            far = sum(a != b for a, b in zip(dhash(image), dhash(like)))
        if far >= expect['dhash_max_distance'] + 1:
            return f'differs by {far} bits'
    return None


def conformance(program):
    proxy = Proxy(program)
    fixtures = SHARED / 'fixtures' / 'weserv'
    for path in fixtures.rglob('*'):
        if path.is_file():
            Publisher.routes[f'/{path.relative_to(fixtures)}'] = (200, {}, path.read_bytes())
    counts, wrong = {}, []

    def note(tier, name, told):
        right, of = counts.get(tier, (0, 0))
        counts[tier] = right + (told is None), of + 1
        if told is not None:
            wrong.append((tier, name, told))

    for name in ['weserv-api.jsonl', 'weserv-extra.jsonl']:
        for line in (SHARED / 'conformance' / name).read_text().splitlines():
            case = json.loads(line)
            if case.get('server_config'):
                note('not configurable here', case['id'], None)
                continue
            note(case['tier'], case['id'], asked(proxy, case))
    for line in (SHARED / 'conformance' / 'weserv-http.jsonl').read_text().splitlines():
        case = json.loads(line)
        if case.get('server_config') or 'o_tls_hostport' in case['query']:
            note('not configurable here', case['id'], None)
            continue
        tier = 'optional' if case.get('optional') or case.get('needs') else 'core'
        note(tier, case['id'], over_http(proxy, case))
    proxy.close()
    for tier, name, told in wrong:
        print(f'{tier:9} {name}: {told}')
    for tier, (right, of) in counts.items():
        print(f'{tier}: {right} of {of}')
    return any(tier == 'core' and name not in KNOWN for tier, name, _ in wrong)


def asked(proxy, case):
    if 'inline_body' in case:
        Publisher.routes['/inline'] = (200, {}, case['inline_body'].encode())
        # Another address each time: what could not be had is remembered for a while.
        Publisher.routes[f'/inline?{abs(hash(case["id"]))}'] = Publisher.routes['/inline']
        url = urllib.parse.quote(f'{proxy.origin}/inline?{abs(hash(case["id"]))}', safe='')
    else:
        url = f'{proxy.origin}/{case["fixture"]}'
    if 'variants' in case:
        sizes = {name: len(proxy.ask(f'url={url}&{query}')[2]) for name, query in case['variants'].items()}
        lies = [pair for pair in case['expect']['size_order'] if sizes[pair[0]] == sizes[pair[1]]]
        return f'{sizes}' if lies else None
    return seen(case, *proxy.ask(f'url={url}&{case["query"]}'))


def over_http(proxy, case):
    origin, host = proxy.origin, proxy.host
    gif = io.BytesIO()
    Image.new('P', (1, 1)).save(gif, 'GIF')
    Publisher.routes['/test.gif'] = (200, {}, gif.getvalue())
    teapot = (418, {}, b'teapot')
    for path, does in case.get('origin', {}).items():
        sent_on = re.fullmatch(r'(30\d) -> (.*)', does)
        if sent_on:
            place = sent_on[2].strip('"').replace('{o}', origin)
            Publisher.routes[path] = (int(sent_on[1]), {'Location': place}, b'')
        elif 'UA' in does:
            Publisher.routes[path] = lambda self: teapot if 'Pressmark/' in self.headers['User-Agent'] else (404, {}, b'')
        elif 'Referer' in does:
            Publisher.routes[path] = lambda self: teapot
        elif does.startswith('418'):
            Publisher.routes[path] = teapot
        else:
            Publisher.routes[path] = (200, {}, does.encode())
    query = case['query'].replace('{o_hostport}', host).replace('{o}', origin)
    status, headers, body = proxy.ask(query, case.get('method', 'GET'))
    if status != case['status']:
        return f'status {status}: {body[:160]!r}'
    for words in case.get('body_contains', []):
        # Blanks between the parts of JSON say nothing.
        if words.replace(' ', '') not in body.decode('utf-8', 'replace').replace(' ', ''):
            return f'lacks {words!r}: {body[:160]!r}'
    for name, value in case.get('headers', {}).items():
        if headers[name] != value.replace('{o}', origin).replace('{len}', str(len(gif.getvalue()))):
            return f'{name}: {headers[name]}'
    return None


def command_line(pid):
    try:
        return pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()
    except FileNotFoundError:
        return b''


def hostile(program):
    proxy = Proxy(program)
    rows = [json.loads(line) for line in (SHARED / 'hostile' / 'manifest.jsonl').read_text().splitlines()]
    wrong = []
    proxy.ask(f'url={proxy.origin}/nothing')
    before, most = proxy.memory(), 0
    for row in rows:
        path = '/' + row['file']
        kind = {'Content-Type': row['serve_as']} if row.get('serve_as') else {}
        Publisher.routes[path] = (200, kind, (SHARED / 'hostile' / row['file']).read_bytes())
        begun = time.monotonic()
        status, headers, body = proxy.ask(f'url={proxy.origin}{path}&{row["query"]}')
        took_ms = (time.monotonic() - begun) * 1000
        most = max(most, proxy.memory())
        expect = row['expect']
        told = []
        if status not in expect['status']:
            told.append(f'status {status} {body[:100]!r}')
        if status == 200:
            image = Image.open(io.BytesIO(body))
            image.load()
            for name in expect.get('forbidden_body', []):
                if name.encode() in body:
                    told.append(f'body holds {name!r}')
        if headers['Content-Type'].startswith('image/svg') or headers['X-Content-Type-Options'] != 'nosniff':
            told.append(f'headers {headers.items()}')
        if took_ms > expect.get('max_ms', 10_000) + 200:
            told.append(f'took {took_ms:.0f} ms')
        if told:
            wrong.append((row['file'], told))
    for name, told in wrong:
        print(f'{name}: {"; ".join(told)}')
    workers = proxy.workers()
    print(f'hostile: {len(rows) - len(wrong)} of {len(rows)} right; the server grew by '
          f'{(most - before) / 2**20:.1f} MiB at most; {len(workers)} workers wait')
    proxy.close()
    # They see the end of their input; one that nobody has waited for yet has no command line.
    for _ in range(50):
        left = [pid for pid in workers if command_line(pid)]
        if not left:
            break
        time.sleep(0.1)
    print(f'after the end {len(left)} workers are left')
    return bool(wrong or left)


FEED = b'''<rss version="2.0"><channel><title>The Square</title><link>/</link><item><link>/market</link>
<title>The market is back</title></item></channel></rss>'''

ARTICLE = b'''<!doctype html><html lang=en><title>The market is back</title><article><h1>The market is back</h1>
<p>The market is back on the square after eleven years in the car park behind the station, and nobody is sorry.
<figure><img src=/photo.jpg alt=stalls></figure><p>It has forty stalls, one more than it had before it had to go, and
the cheese is where it was. The baker has moved to the sunny side.</article>'''

# Asks for a width that nobody asked for before.
COLD = """
local path, quality
local n = 0
function init(args) path, quality = args[1], tonumber(args[2]) end
function request()
    n = n + 1
    return wrk.format("GET", path .. "&w=" .. (200 + n % 1100) .. "&q=" .. (quality + math.floor(n / 1100)))
end
"""

# The same by libvips: a server as one writes it in an afternoon.
PEER = """
import http.server, sys, urllib.parse, pyvips
photo = open(sys.argv[1], 'rb').read()
class Peer(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        asked = dict(urllib.parse.parse_qsl(self.path.partition('?')[2]))
        small = pyvips.Image.thumbnail_buffer(photo, int(asked['w']), height=10_000_000)
        body = small.jpegsave_buffer(Q=int(asked['q']), keep='none') if asked['output'] == 'jpg' \\
            else small.webpsave_buffer(Q=int(asked['q']), keep='none')
        self.send_response(200)
        self.send_header('Content-Type', 'image/' + asked['output'])
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # Who asked is gone.
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Peer)
print(server.server_address[1], flush=True)
server.serve_forever()
"""

SERVER, CLIENT = ['taskset', '-c', '0'], ['taskset', '-c', '1']


def wrk(url, connections, seconds):
    command = [*CLIENT, 'wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--latency']
    told = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', told)[1])
    return rate, re.search(r'99%\s+(\S+)', told)[1], 'Non-2xx' in told


def speed(program):
    photo = (SHARED / 'fixtures' / 'photos' / 'people.jpg').read_bytes()
    news_like = Image.open(io.BytesIO(photo))
    news_like.thumbnail((1600, 1600))
    out = io.BytesIO()
    news_like.save(out, 'JPEG', quality=85)
    Publisher.routes['/photo.jpg'] = (200, {'Content-Type': 'image/jpeg'}, out.getvalue())
    Publisher.routes['/feed.xml'] = (200, {'Content-Type': 'application/rss+xml'}, FEED)
    Publisher.routes['/market'] = (200, {'Content-Type': 'text/html'}, ARTICLE)
    proxy = Proxy(program, SERVER, '/feed.xml')
    photo = f'{proxy.origin}/photo.jpg'
    asked = f'/picture/?url={photo}'
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    for path in [f'/picture/{digest}/720.webp', f'{asked}&w=720&output=webp']:
        urllib.request.urlopen(proxy.address + path).read()
        for _ in range(2):
            rate, late, bad = wrk(f'{proxy.address}{path}', 64, 8)
            kind = 'of pages' if 'url=' not in path else 'of the proxy'
            print(f'ready {kind}: {rate:.0f} a second, 99 % within {late}{" WITH ERRORS" if bad else ""}')
    lua = pathlib.Path(proxy.folder.name) / 'cold.lua'
    lua.write_text(COLD)
    path = pathlib.Path(proxy.folder.name) / 'photo.jpg'
    path.write_bytes(out.getvalue())
    environment = dict(os.environ, VIPS_CONCURRENCY='1')
    peer = subprocess.Popen([*SERVER, sys.executable, '-c', PEER, str(path)], stdout=subprocess.PIPE, text=True,
                            env=environment)
    atexit.register(peer.kill)
    address = f'http://127.0.0.1:{peer.stdout.readline().strip()}'
    script = ['-s', str(lua)]
    for output in ['jpg', 'webp']:
        for quality in (70, 75, 80):
            ours = cold(proxy.address, f'{asked}&output={output}', quality, script)
            theirs = cold(address, f'/?output={output}', quality, script)
            print(f'cold {output}: {ours[0]:.1f} a second, 99 % within {ours[1]}; by Python and libvips '
                  f'{theirs[0]:.1f}, {theirs[1]}: {ours[0] / theirs[0]:.2f} times')
    peer.kill()
    proxy.close()


def cold(address, path, quality, script):
    """Four ask at once, for six seconds."""
    command = [*CLIENT, 'wrk', '-t1', '-c4', '-d6s', '--latency', '--timeout', '20s', *script, address, '--', path, str(quality)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', told)[1])
    return rate, re.search(r'99%\s+(\S+)', told)[1] + (' WITH ERRORS' if 'Non-2xx' in told else '')


if __name__ == '__main__':
    sys.exit({'conformance': conformance, 'hostile': hostile, 'speed': speed}[sys.argv[1]](sys.argv[2]))
