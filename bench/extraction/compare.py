#!/usr/bin/env python3
"""compare.py [--write] [--corpus NAME]…: Pressmark beside other readers of pages, on the same pages in one run.

Quality by the corpora's own scorer, with 95 % intervals; speed on one core. `--write` puts the tables
into docs/extraction.md. `./dev bench extraction` installs what this needs, and calls it.

The peers' answers are kept in target/extraction until a peer or what calls it changes."""
import argparse, concurrent.futures, datetime, hashlib, json, multiprocessing, pathlib, random, re
import select, statistics, subprocess, sys
import halves
sys.path.insert(0, str(halves.CORPORA))

ROOT = halves.HERE.parent.parent
WORK = ROOT / "target" / "extraction"
RELEASE = ROOT / "target" / "bench" / "release"
DOCUMENT = ROOT / "docs" / "extraction.md"

OURS = "Pressmark"
# What it answers if its scorer was taught without the page's publisher: `./dev bench extraction teach --cross`.
UNSEEN = "Pressmark, unseen"
CROSSED = ROOT / "target" / "taught" / "cross"
# The name of each peer, and the package whose version it has.
PYTHON = {"trafilatura": "trafilatura", "readability-lxml": "readability-lxml", "newspaper4k": "newspaper4k",
          "resiliparse": "resiliparse", "goose3": "goose3", "justext": "justext"}
RUST = {"dom_smoothie": "dom_smoothie", "trafilatura-rs": "trafilatura"}
PEERS = {**PYTHON, **RUST}
NEWS = list(halves.GOALS)[:8]
FIELDS = {"title": "Title", "published": "Day", "authors": "Authors", "image": "Picture"}

# A peer that takes longer for a page has failed on it.
PAGE_SECONDS_MAX = 20
# Starting takes Python and its imports a while.
START_SECONDS_MAX = 120
RESAMPLES = 1000
SEED = 7
# Each reader passes over the pages once a round; the shortest of all its passes counts.
ROUNDS = 6
# So many different failures of a peer are named.
FAILURES_NAMED = 3


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="put the tables into docs/extraction.md")
    options.add_argument("--corpus", dest="corpora", action="append", default=[])
    given = options.parse_args()
    if given.write and given.corpora:
        sys.exit("--write wants all the corpora")
    if given.write and not CROSSED.exists():
        sys.exit("--write wants what unseen publishers get: ./dev bench extraction teach --cross")
    corpora = given.corpora or list(halves.GOALS)
    subprocess.run([RELEASE / "texts", WORK / "pages"], cwd=ROOT, check=True)
    answers, missing = answered(corpora)
    with multiprocessing.Pool() as pool:
        scored = dict(zip(corpora, pool.starmap(judged, [(name, answers) for name in corpora], 1)))
    lines = tables(scored, missing)
    print("\n".join(lines))
    rates = speed([OURS, *(name for name in PEERS if name in answers)])
    lines += rates
    print("\n".join(rates))
    if given.write:
        write(lines)


# The answers

def command(name):
    if name in RUST:
        return [str(RELEASE / "peer"), name]
    return [str(ROOT / "target" / "peers" / "bin" / "python"), str(halves.HERE / "peers.py"), name]


def answered(corpora):
    """Returns the folders of the readers' answers, and of those that don't run, why."""
    called = ["peers.py", "peers.txt", "src/bin/peer.rs", "src/bin/texts.rs", "Cargo.lock"]
    digest = hashlib.sha256(b"".join((halves.HERE / name).read_bytes() for name in called)).hexdigest()[:12]
    folders = {OURS: ROOT / "target" / "answers"}
    if CROSSED.exists():
        folders[UNSEEN] = CROSSED
    missing = {}
    with concurrent.futures.ThreadPoolExecutor(multiprocessing.cpu_count()) as threads:
        asked = {name: threads.submit(ask, name, corpora, WORK / digest / name) for name in PEERS}
        for name, answer in asked.items():
            try:
                folders[name] = answer.result()
            except OSError as error:
                missing[name] = str(error)
    return folders, missing


def ask(name, corpora, folder):
    folder.mkdir(parents=True, exist_ok=True)
    asked = [corpus for corpus in corpora if not (folder / f"{corpus}.jsonl").exists()]
    worker = Worker(name)
    for corpus in asked:
        answers = []
        for line in open(WORK / "pages" / f"{corpus}.jsonl", encoding="utf8"):
            answers.append({"text": "", **worker.answer(line), "id": json.loads(line)["id"]})
        whole = "".join(json.dumps(answer) + "\n" for answer in answers)
        (folder / f"{corpus}.jsonl").write_text(whole, encoding="utf8")
        print(f"{name} has read {corpus}", file=sys.stderr, flush=True)
    worker.stop()
    return folder


class Worker:
    """A peer in a process of its own, so that a page that it doesn't survive costs that page alone."""

    def __init__(self, name):
        self.name = name
        self.start()

    def start(self):
        errors = open(WORK / f"{self.name}.stderr", "w+")
        self.process = subprocess.Popen(command(self.name), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=errors)
        if not self.line(START_SECONDS_MAX):
            self.stop()
            errors.seek(0)
            raise OSError((errors.read().strip() or "it does not start").splitlines()[-1])

    def stop(self):
        self.process.kill()
        self.process.wait()

    def answer(self, line):
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            said = self.line(PAGE_SECONDS_MAX)
        except BrokenPipeError:
            said = b""
        if said:
            return json.loads(said)
        late = self.process.poll() is None
        self.stop()
        self.start()
        return {"failed": f"longer than {PAGE_SECONDS_MAX} s" if late else "the process died"}

    def line(self, seconds):
        # One line is said for each that is asked, so nothing is left in the buffer.
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        return self.process.stdout.readline() if ready else b""


# The figures

def judged(corpus, answers):
    """Returns for each reader its figure, the figures of the resamples, its fields and its failures."""
    import score
    gold = [json.loads(line) for line in open(halves.CORPORA / "pages" / corpus / "gold.jsonl")]
    judge, total = halves.aggregate(score, corpus)
    # The same resamples for all, so that differences are those on the same pages.
    dice = random.Random(f"{SEED} {corpus}")
    samples = [[dice.randrange(len(gold)) for _ in gold] for _ in range(RESAMPLES)]
    readers = {}
    for name, folder in answers.items():
        said = score.load(folder / f"{corpus}.jsonl")
        pages = [judge(row, said.get(row["id"], {}).get("text")) for row in gold]
        readers[name] = {
            "figure": total(pages)[2],
            "resampled": [total([pages[at] for at in sample])[2] for sample in samples],
            "fields": score.meta(gold, said),
            "tells": [field for field in FIELDS if any(answer.get(field) for answer in said.values())],
            "failed": [answer["failed"] for answer in said.values() if answer.get("failed")],
        }
    return {"pages": len(gold), "publishers": len({row["domain"] for row in gold}),
            "metric": score.METRIC.get(corpus, "rouge"), "readers": readers}


def interval(values):
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]


def best_peer(readers):
    return max((name for name in readers if name in PEERS), key=lambda name: readers[name]["figure"])


def mean_of_news(scored):
    """Returns the readers' means over the corpora of news, or nothing if one isn't here."""
    if not all(corpus in scored for corpus in NEWS):
        return None
    parts = [scored[corpus]["readers"] for corpus in NEWS]
    return {name: {"figure": statistics.fmean(part[name]["figure"] for part in parts),
                   "resampled": [statistics.fmean(values) for values in
                                 zip(*(part[name]["resampled"] for part in parts))]}
            for name in parts[0]}


# The tables

def tables(scored, missing):
    readers = list(next(iter(scored.values()))["readers"])
    rows = {corpus: one["readers"] for corpus, one in scored.items()}
    mean = mean_of_news(scored)
    if mean:
        rows["*mean of the first eight*"] = mean
    ours = [name for name in readers if name not in PEERS]
    lines = ["### Text: Pressmark and the best peer of each corpus", "",
             *header("corpus", ["pages", "publishers", "measure", "best peer",
                                *(f"{name}: difference" for name in ours)])]
    for corpus, row in rows.items():
        about = scored.get(corpus, {"pages": "", "publishers": "", "metric": ""})
        best = best_peer(row)
        lines.append(cells(corpus, [about["pages"], about["publishers"], about["metric"],
                                    f"{best} {with_interval(row[best])}",
                                    *(difference(row, name, best) for name in ours)]))
    lines += ["", "### Text: all the readers", "", *header("corpus", readers)]
    for corpus, row in rows.items():
        lines.append(cells(corpus, [with_interval(row[name]) for name in readers]))
    for field, title in FIELDS.items():
        lines += ["", *field_table(scored, readers, field, title)]
    lines += ["", *failures(scored, readers, missing)]
    return lines


def header(first, names):
    return [cells(first, names), "|---" * (len(names) + 1) + "|"]


def cells(first, rest):
    return "| " + " | ".join([str(first), *map(str, rest)]) + " |"


def with_interval(reader):
    low, high = interval(reader["resampled"])
    return f"**{reader['figure']:.3f}** {low:.3f}–{high:.3f}"


def difference(row, name, best):
    ours, theirs = row[name], row[best]
    low, high = interval([one - other for one, other in zip(ours["resampled"], theirs["resampled"])])
    return f"**{ours['figure'] - theirs['figure']:+.3f}** {low:+.3f} to {high:+.3f}"


def field_table(scored, readers, field, title):
    """The share of pages on which a field is right, of the readers that ever tell it."""
    tell = [name for name in readers if any(field in one["readers"][name]["tells"] for one in scored.values())]
    lines = [f"### {title}: right on so many of a hundred pages", "", *header("corpus", ["pages", *tell])]
    for corpus, one in scored.items():
        if field in one["readers"][OURS]["fields"]:
            got = [one["readers"][name]["fields"][field] for name in tell]
            lines.append(cells(corpus, [got[0][1], *(f"{100 * share:.0f}" for share, _ in got)]))
    return lines


def failures(scored, readers, missing):
    lines = ["### Pages on which a reader failed", "", *header("reader", ["pages", "why"])]
    for name in readers:
        why = [reason for one in scored.values() for reason in one["readers"][name]["failed"]]
        often = sorted(set(why), key=why.count, reverse=True)
        named = "; ".join(f"{why.count(reason)} × {cleaned(reason)}" for reason in often[:FAILURES_NAMED])
        more = "; …" if len(often) > FAILURES_NAMED else ""
        lines.append(cells(name, [len(why), named + more]))
    lines += [cells(name, ["not run", cleaned(why)]) for name, why in missing.items()]
    return lines


def cleaned(reason):
    return re.sub(r"[\s|*]+", " ", reason)


# The speed

def speed(readers):
    """Times the readers in turns, each on the same core, and returns the table."""
    commands = {name: [*command(name), str(WORK / "pages" / "speed.jsonl")] for name in readers if name != OURS}
    commands[OURS] = [str(RELEASE / "speed"), "pass"]
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(ROUNDS):
        for name in readers:
            ran = subprocess.run(["taskset", "-c", "0", *commands[name]], cwd=ROOT, check=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            best[name] = min(best[name], float(ran.stdout))
    pages = (WORK / "pages" / "speed.jsonl").read_bytes().count(b"\n")
    lines = ["", f"### Speed on one core: {pages} pages, {processor()}", "",
             *header("reader", ["version", "pages/s", "how many times as long as Pressmark"])]
    for name in sorted(readers, key=best.get):
        times = best[name] / best[OURS]
        lines.append(cells(name, [version(name), f"{pages / best[name]:.1f}", f"{times:.1f}"]))
    return lines


def version(name):
    if name == OURS:
        return "this one"
    if name in PYTHON:
        return re.search(rf"(?im)^{PYTHON[name]}==(\S+)", (halves.HERE / "peers.txt").read_text())[1]
    lock = (halves.HERE / "Cargo.lock").read_text()
    return re.search(rf'name = "{RUST[name]}"\nversion = "(.*?)"', lock)[1]


def processor():
    names = re.search(r"(?m)^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text())
    return names[1] if names else "an unknown processor"


def write(lines):
    begin, end = "<!-- written by ./dev bench extraction --write -->", "<!-- up to here -->"
    before, rest = DOCUMENT.read_text(encoding="utf8").split(begin)
    after = rest.split(end)[1]
    told = f"Measured on {datetime.date.today()}."
    DOCUMENT.write_text("\n".join([before + begin, told, "", *lines, end + after]), encoding="utf8")


if __name__ == "__main__":
    main()
