#!/usr/bin/env python3
"""teach.py [--cross]: teaches the scorer of blocks and writes crates/extract/src/forest/table.rs.

The pages are those of ../shared/extraction with gold text, and small made ones (a headline, some
paragraphs of a gold text, a menu, a footer) so that short and plain pages are known too. A block is
the article's where most of its words stand in the gold in their order. Blocks of pages whose gold
has required and forbidden passages alone are taught where they hold one.

With --cross six tables are taught, each without a sixth of the publishers; every page is read with
the table that doesn't know its publisher, and the figures of that are printed: what unseen pages may
expect. The table in the source stays as it was.

Needs lightgbm and numpy (`./dev bench extraction teach` installs them) and the `blocks` and
`answers` programs beside it. The same pages give the same table."""
import gzip, html, json, math, pathlib, random, re, shutil, subprocess, sys, unicodedata, zlib

import lightgbm
import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPORA = ROOT.parent / "shared" / "extraction"
TABLE = ROOT / "crates/extract/src/forest/table.rs"
WORK = ROOT / "target" / "taught"
sys.path.insert(0, str(CORPORA))
import score

# What a page of each corpus counts; a corpus of few publishers or of a tool's own output counts less
# than its pages, one of a kind that is rare here more.
WEIGHTS = {"zyte": 1.5, "fundus": 1.5, "fundus-eval": 1.5, "n4k424": 1, "trafilatura": 1, "wcxb": 0.8, "zhweb": 3,
           "postlight": 1.2, "readability": 0.4, "pangea": 1, "pangea-made": 2, "made": 0.5}
FOLDS = 6
TREES = 140
SETTINGS = dict(objective="binary", num_leaves=12, learning_rate=0.08, min_data_in_leaf=60,
                min_sum_hessian_in_leaf=0.5, feature_fraction=0.6, bagging_fraction=0.8, bagging_freq=1,
                lambda_l2=2, verbose=-1, num_threads=2, max_bin=127, seed=1, deterministic=True)


def cargo(*bins):
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked", "--target-dir", "target/bench",
                    "--manifest-path", "bench/extraction/Cargo.toml"]
                   + [word for name in bins for word in ("--bin", name)], cwd=ROOT, check=True)


def run(name, *arguments):
    subprocess.run([ROOT / "target/bench/release" / name, *arguments], cwd=ROOT, check=True)


class Page:
    def __init__(self, corpus, gold, texts):
        self.corpus, self.gold, self.texts = corpus, gold, texts
        self.fold = zlib.crc32(gold["domain"].encode()) % FOLDS


def load(folder, pages, corpora):
    """Returns the pages with their blocks, and the numbers of all blocks."""
    out, rows = [], []
    for corpus in corpora:
        gold = [json.loads(line) for line in open(pages / corpus / "gold.jsonl")]
        texts = [json.loads(line)["texts"] for line in open(folder / f"{corpus}.jsonl")]
        numbers = numpy.fromfile(folder / f"{corpus}.rows", dtype="<i2")
        rows.append(numbers.reshape(sum(map(len, texts)), -1).astype(numpy.float32))
        out += [Page(corpus, *both) for both in zip(gold, texts)]
    return out, numpy.vstack(rows)


def squeezed(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def by_passages(page):
    """Labels and weights where the gold is a few passages."""
    blocks = [squeezed(text) for text in page.texts]
    required = [squeezed(text) for text in page.gold["required"]]
    forbidden = [squeezed(text) for text in page.gold.get("forbidden") or []]
    is_text, weight = numpy.zeros(len(blocks)), numpy.zeros(len(blocks))
    each = 1 / max(1, len(required) + len(forbidden))
    for passage in required:
        hits = [at for at, block in enumerate(blocks)
                if block and (passage in block or (len(block) > 15 and block in passage))]
        for at in hits:
            is_text[at], weight[at] = 1, max(weight[at], each / min(len(hits), 3))
    for passage in forbidden:
        hits = [at for at, block in enumerate(blocks) if block and passage in block and not is_text[at]]
        for at in hits:
            weight[at] = max(weight[at], each / min(len(hits), 3))
    return is_text, weight


def share_in(words, length, known):
    """Which share of the words stands in runs of this length that are known."""
    covered = numpy.zeros(len(words), bool)
    for at in range(len(words) - length + 1):
        if tuple(words[at:at + length]) in known:
            covered[at:at + length] = True
    return covered.mean()


def by_text(page):
    """Labels and weights where the gold is the whole text."""
    words = [score.toks(text) for text in page.texts]
    gold = score.toks(page.gold["text"])
    lines = page.gold["text"].split("\n")
    whole = {tuple(score.toks(line)) for line in lines}
    optional = {tuple(score.toks(lines[at])) for at in page.gold.get("optional") or [] if at < len(lines)}
    threes, fives = set(zip(gold, gold[1:], gold[2:])), set(zip(gold, gold[1:], gold[2:], gold[3:], gold[4:]))
    joined = " ".join(gold)
    share = numpy.zeros(len(words))  # below zero: not known
    for at, block in enumerate(words):
        if not block:
            continue
        if tuple(block) in optional:
            share[at] = -1
        elif tuple(block) in whole:
            share[at] = 1
        elif len(block) < 8:
            share[at] = -1 if " ".join(block) in joined else 0
        else:
            share[at] = share_in(block, 5, fives) if len(block) >= 14 else share_in(block, 3, threes)
    is_text = (share > 0.5).astype(float)
    lengths = numpy.array([len(block) for block in words], float)
    weight = (numpy.minimum(lengths, 300) + 2) / (min(max(len(gold), 60), 1500) + 20)
    weight *= numpy.where(share < 0, 0, numpy.clip(numpy.abs(share - 0.5) * 2, 0.2, 1))
    only_once(words, joined, is_text, weight)
    others = weight[is_text == 0].sum()
    if others > 2.5:
        weight[is_text == 0] *= 2.5 / others
    return is_text, weight


def only_once(words, joined, is_text, weight):
    """A text that the page shows twice and the gold has once is the one among other text."""
    places = {}
    for at, block in enumerate(words):
        if is_text[at] and len(block) >= 4:
            places.setdefault(tuple(block), []).append(at)
    for block, same in places.items():
        if len(same) > 1 and joined.count(" ".join(block)) < len(same):
            best = max(same, key=lambda at: is_text[max(0, at - 5):at + 6].sum())
            for at in same:
                if at != best:
                    is_text[at], weight[at] = 0, weight[at] * 0.7


def labels(pages):
    suspect = json.load(open(CORPORA / "suspect_gold.json"))
    columns = []
    for page in pages:
        in_passages = score.METRIC.get(page.corpus) == "segments"
        is_text, weight = by_passages(page) if in_passages else by_text(page)
        counts = 0 if page.gold["id"] in suspect.get(page.corpus, []) else WEIGHTS[page.corpus]
        columns.append((is_text, weight * counts, numpy.full(len(is_text), page.fold)))
    return [numpy.concatenate(column) for column in zip(*columns)]


def made(pages, columns):
    """Writes small pages from pieces of the real ones."""
    folder = WORK / "pages" / "made"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chance, rows, start = random.Random(5), [], 0
    for page in pages:
        own = slice(start, start + len(page.texts))
        start += len(page.texts)
        if "text" not in page.gold or page.corpus in ("trafilatura", "postlight", "pangea", "pangea-made"):
            continue
        for _ in range(8 if page.corpus == "zhweb" else 1):
            if chance.random() > 0.6 and page.corpus != "zhweb":
                continue
            written = one_made(page, columns[0][own], columns[1][own], chance)
            if written:
                name, (text, body) = f"m{len(rows)}", written
                with gzip.open(folder / f"{name}.html.gz", "wt", encoding="utf-8") as file:
                    file.write(text)
                rows.append({"id": name, "url": f"https://{page.gold['domain']}/a/{len(rows)}",
                             "domain": page.gold["domain"], "text": "\n".join(body)})
    with open(folder / "gold.jsonl", "w") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


HEADINGS = {"zh": ["评论", "网友评论", "相关阅读", "推荐阅读"], "de": ["Kommentare", "Mehr zum Thema", "Lesen Sie auch"],
            "en": ["Comments", "Related articles", "More stories", "Read more"], "fr": ["Commentaires", "À lire aussi"]}


def one_made(page, is_text, weight, chance):
    escape = html.escape
    lines = [line.strip() for line in page.gold["text"].split("\n")]
    lines = [line for line in lines if len(line) >= (12 if re.search("[\u4e00-\u9fff]", line) else 40)]
    if not lines:
        return None
    body = lines[:chance.choice([1, 2, 2, 3, 4, 5, 8, len(lines)])]
    others = [(squeezed(text), weight[at]) for at, text in enumerate(page.texts) if not is_text[at] and weight[at]]
    short = [text for text, _ in others if 2 < len(text) < 90] or ["News"]
    long = [text for text, own in others if own > 0.01 and len(text) > 90 and text[:60] not in page.gold["text"]]
    headings = HEADINGS.get(page.gold.get("lang"), HEADINGS["en"])
    title = page.gold.get("title") or short[0]
    named = lambda *names: chance.choice([""] + [f' class="{name}"' for name in names]) if chance.random() < .5 else ""
    links = lambda most: "".join(f"<li><a href=/s{at}>{escape(text)}</a></li>"
                                 for at, text in enumerate(chance.sample(short, min(most, len(short)))))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body)
    text = {"p": lambda: f'<div{named("entry-content", "article-body", "main", "x7f")}>{paragraphs}</div>',
            "bare": lambda: paragraphs,
            "art": lambda: f'<article{named("post", "story")}>{paragraphs}</article>',
            "br": lambda: f'<div{named("content", "text", "c1")}>{"<br><br>".join(map(escape, body))}</div>',
            "divs": lambda: "<div>" + "".join(f"<div>{escape(line)}</div>" for line in body) + "</div>",
            "td": lambda: f"<table><tr><td width=120><ul>{links(5)}</ul></td><td>"
                          + "<br>\n".join("　　" + escape(line) for line in body) + "</td></tr></table>",
            }[chance.choice(["p", "p", "bare", "br", "divs", "td", "art"])]()
    authors = page.gold.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else "A. Writer"
    parts = [
        "" if chance.random() < .4 else f'<ul{named("nav", "menu")}>{links(chance.randint(2, 9))}</ul>',
        f"<h1>{escape(title)}</h1>" if chance.random() < .8 else f"<b>{escape(title)}</b><br>",
        chance.choice(["", f"<p>By {escape(author)}</p>", "<div class=meta>2023-04-05 12:30</div>",
                       "<span>2021-03-04</span>"]),
        "" if chance.random() < .6 else f"<figure><img src=/p.jpg><figcaption>{escape(chance.choice(short))}</figcaption></figure>",
        text,
        "" if chance.random() < .5 else f"<h3>{chance.choice(headings)}</h3><ul>{links(3)}</ul>",
        "" if chance.random() < .7 or not long else
        f'<div class={chance.choice(["comments", "reply", "c2", "list"])}><h4>{headings[0]}</h4>'
        + "".join(f'<div><b>{chance.choice(["anna", "user12", "匿名", "Max"])}</b> 2020-01-0{chance.randint(1, 9)}<p>{escape(one)}</p></div>'
                  for one in chance.sample(long, min(3, len(long)))) + "</div>",
        chance.choice(["", "<footer>© 2023 All rights reserved</footer>", "<p>Copyright © 2022</p>"]),
    ]
    head = f'<meta charset=utf-8><html lang={page.gold.get("lang") or "en"}><head><title>{escape(title)}</title></head>'
    return head + "<body>" + "".join(parts) + "</body></html>", body


def flat(tree, nodes):
    """A tree as nodes in a row: what goes on with the next one, and how far the other branch is."""
    if "leaf_value" in tree:
        nodes.append((255, round(tree["leaf_value"] * 1000), 0))
        return
    at = len(nodes)
    nodes.append(None)
    flat(tree["left_child"], nodes)
    most = max(-1, min(32_000, math.floor(tree["threshold"])))
    nodes[at] = (tree["split_feature"], most, len(nodes) - at)
    flat(tree["right_child"], nodes)


def wrapped(items):
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 100:
            yield line
            line = "   "
        line += f" {item},"
    yield line


def write(model):
    nodes, roots = [], []
    for tree in model.dump_model()["tree_info"]:
        roots.append(len(nodes))
        flat(tree["tree_structure"], nodes)
    lines = ["//! Made by `bench/extraction/teach.py`; not written by hand.", "", "use super::Node;", "",
             "const fn n(number: u8, most: i16, skip: u8) -> Node {", "    Node { number, most, skip }", "}", "",
             "#[rustfmt::skip]", f"pub static ROOTS: [u16; {len(roots)}] = [", *wrapped(map(str, roots)), "];", "",
             "#[rustfmt::skip]", f"pub static NODES: [Node; {len(nodes)}] = [",
             *wrapped(f"n({number}, {most}, {skip})" for number, most, skip in nodes), "];"]
    TABLE.write_text("\n".join(lines) + "\n")


def teach(rows, is_text, weight, use):
    use = use & (weight > 0)
    data = lightgbm.Dataset(rows[use], is_text[use], weight=weight[use] * 20)
    write(lightgbm.train(SETTINGS, data, num_boost_round=TREES))


def cross(rows, columns):
    """Reads each page with a table that was taught without its publisher."""
    kept = TABLE.read_text()
    try:
        for fold in range(FOLDS):
            teach(rows, columns[0], columns[1], columns[2] != fold)
            cargo("answers")
            run("answers", WORK / f"fold{fold}")
    finally:
        TABLE.write_text(kept)
    folder = WORK / "cross"
    folder.mkdir(exist_ok=True)
    for gold in (CORPORA / "pages").glob("*/gold.jsonl"):
        corpus = gold.parent.name
        answers = [score.load(WORK / f"fold{fold}" / f"{corpus}.jsonl") for fold in range(FOLDS)]
        with open(folder / f"{corpus}.jsonl", "w") as file:
            for row in map(json.loads, open(gold)):
                own = answers[zlib.crc32(row["domain"].encode()) % FOLDS][row["id"]]
                file.write(json.dumps(own, ensure_ascii=False) + "\n")
    subprocess.run([sys.executable, HERE / "halves.py", folder, "--fields"], check=True)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    cargo("blocks")
    real = [name for name in WEIGHTS if name != "made"]
    run("blocks", CORPORA / "pages", WORK / "blocks")
    pages, rows = load(WORK / "blocks", CORPORA / "pages", real)
    columns = labels(pages)
    made(pages, columns)
    run("blocks", WORK / "pages", WORK / "blocks")
    small, more = load(WORK / "blocks", WORK / "pages", ["made"])
    columns = [numpy.concatenate(both) for both in zip(columns, labels(small))]
    rows = numpy.vstack([rows, more])
    if "--cross" in sys.argv:
        cross(rows, columns)
    else:
        teach(rows, columns[0], columns[1], numpy.ones(len(rows), bool))
        print(f"{TABLE.relative_to(ROOT)}: taught from {len(pages)} pages and {len(small)} made ones")


if __name__ == "__main__":
    main()
