"""The replayed news web of ../shared/world as a proxy on this machine. Standard library only."""
import concurrent.futures
import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORLD = ROOT.parent / 'shared' / 'world'


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def rows():
    """Every address of the world, as the rows of its manifest."""
    with open(WORLD / 'manifest.jsonl', encoding='utf8') as lines:
        return [json.loads(line) for line in lines]


def hosts():
    return json.loads((WORLD / 'hosts.json').read_text())


class Replay:
    """A running world; `with Replay(folder) as replay` ends it again.

    Not polite: no host has a robots.txt, so that no `Crawl-delay` decides how long a round takes.
    The server makes a key for a host when it is first asked, which takes it a quarter of a second;
    so every host is asked once before anything is measured, and the keys stay in target/."""

    def __init__(self, folder, polite=False):
        self.folder = folder
        self.manifest = folder / 'manifest.jsonl'
        told = [row for row in rows() if polite or row['kind'] != 'robots']
        self.manifest.write_text(''.join(json.dumps(row) + '\n' for row in told))
        self.keys = ROOT / 'target' / 'world-ca'
        self.keys.parent.mkdir(exist_ok=True)

    def __enter__(self):
        self.port = free_port()
        command = [sys.executable, str(WORLD / 'world_server.py'), '--port', str(self.port), '--mitm',
                   '--ca', str(self.keys), '--manifest', str(self.manifest.resolve()), '--quiet']
        self.server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait()
        self.ca = self.folder / 'ca.pem'
        self.ca.write_bytes(self.ask('/_ca.pem'))
        self.warm()
        return self

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()

    def wait(self):
        for _ in range(100):
            try:
                return self.ask('/_stats')
            except OSError:
                time.sleep(0.1)
        self.server.kill()
        sys.exit('the world server did not start')

    def ask(self, path, rules=None):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        body = None if rules is None else json.dumps(rules).encode()
        return opener.open(f'http://127.0.0.1:{self.port}{path}', data=body, timeout=10).read()

    def warm(self):
        every = sorted({urllib.parse.urlsplit(row['url']).hostname for row in rows()})
        trust = ssl.create_default_context(cafile=str(self.ca))
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda host: self.greet(host, trust), every))
        self.ask('/_reset')

    def greet(self, host, trust):
        connection = http.client.HTTPSConnection('127.0.0.1', self.port, timeout=120, context=trust)
        connection.set_tunnel(host, 443)
        try:
            connection.connect()
        except OSError as error:
            print(f'the world has no key for {host}: {error}', file=sys.stderr)
        connection.close()

    def env(self, library):
        """The environment of a pressmark that reads this world into a library."""
        return {**os.environ, 'PRESSMARK_LIBRARY': str(library), 'PRESSMARK_CA': str(self.ca),
                'PRESSMARK_PROXY': f'http://127.0.0.1:{self.port}'}
