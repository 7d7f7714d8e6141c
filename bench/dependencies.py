#!/usr/bin/env python3
"""Looks at Cargo.lock: nothing that is refused, nothing heavy twice, only free licences.

Standard library only; `cargo metadata` is asked for the licences."""
import collections
import json
import subprocess
import sys

# What builds by downloading, drags a second TLS library in, or is not ours to give away.
REFUSED = {'aws-lc-sys', 'aws-lc-rs', 'openssl', 'openssl-sys', 'native-tls', 'rav1e', 'git2', 'gix'}
# One of each, or two halves of the program do not share it.
ONCE = {'rustls', 'hyper', 'tokio', 'ring', 'url', 'libsqlite3-sys', 'sha2', 'html5ever', 'encoding_rs'}
FREE = {'MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'IJG', 'Zlib', 'Unicode-3.0', 'Unlicense',
        '0BSD', 'MPL-2.0', 'CDLA-Permissive-2.0', 'CC0-1.0', 'Apache-2.0 WITH LLVM-exception', 'BSL-1.0'}


def free(expression):
    """One alternative of the SPDX expression must be free in all its parts."""
    alternatives = expression.replace('/', ' OR ').replace('(', ' ').replace(')', ' ').split(' OR ')
    return any(all(part.strip() in FREE for part in one.split(' AND ')) for one in alternatives)


def main():
    command = ['cargo', 'metadata', '--format-version', '1', '--locked']
    packages = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)['packages']
    versions = collections.defaultdict(set)
    for package in packages:
        versions[package['name']].add(package['version'])
    wrong = [f'{name}: refused' for name in sorted(REFUSED & versions.keys())]
    wrong += [f'{name}: {len(versions[name])} versions' for name in sorted(ONCE) if len(versions[name]) > 1]
    wrong += [f"{package['name']}: licence {package['license']}" for package in packages
              if not free(package['license'] or 'none')]
    for line in wrong:
        print(line)
    print(f'{len(packages)} packages, {len(wrong)} wrong')
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
