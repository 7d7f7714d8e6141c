#!/usr/bin/env python3
"""halves.py ANSWERS [--corpus NAME]… [--worst N] [--fields] [--floors FILE]: how well pages are read, on both halves of the publishers.

The publishers of the corpora are split once, by the CRC-32 of their domain. Rules are tuned while
looking at the first half alone; the second half is only counted, so that the two differ by noise
where nothing was tuned to a publisher."""
import argparse, json, pathlib, statistics, sys, zlib

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = HERE.parent.parent.parent / "shared" / "extraction"
sys.path.insert(0, str(CORPORA))

# A third of the best peer's error gone; None where the corpus is only looked at.
GOALS = {"zyte": 0.976, "fundus": 0.966, "fundus-eval": 0.959, "n4k424": 0.954, "trafilatura": 0.948,
         "wcxb": 0.971, "zhweb": 0.976, "postlight": 0.948, "readability": None, "smalltests": None,
         "pangea": 1.0, "pangea-made": 1.0}


def half(domain):
    return zlib.crc32(domain.encode()) % 2


def aggregate(score, corpus):
    metric = score.METRIC.get(corpus, "rouge")
    function, total = score.FN["rouge" if metric == "rouge_recall" else metric]
    if metric == "rouge_recall":
        return function, lambda rows: (lambda got: (got[0], got[1], got[1]))(score.mean_agg(rows))
    return function, total


def fields(score, rows, answers):
    return {name: got for name, got in score.meta(rows, answers).items()}


def main():
    import score
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=pathlib.Path)
    parser.add_argument("--corpus", dest="corpora", action="append", default=[])
    parser.add_argument("--floors", type=pathlib.Path, help="fail where a figure is below this file's")
    parser.add_argument("--worst", type=int, default=0, help="the worst pages of the first half")
    parser.add_argument("--fields", action="store_true", help="headline, day, authors, picture")
    options = parser.parse_args()
    names = options.corpora or list(GOALS)
    floors = json.loads(options.floors.read_text()) if options.floors else {}
    means, below = [], []
    for name in names:
        gold = [json.loads(line) for line in open(CORPORA / "pages" / name / "gold.jsonl")]
        answers = score.load(options.answers / f"{name}.jsonl")
        function, total = aggregate(score, name)
        scored = [(row, function(row, answers.get(row["id"], {}).get("text"))) for row in gold]
        halves = [[got for row, got in scored if half(row["domain"]) == side] for side in (0, 1)]
        figures = [total(rows) if rows else (0, 0, 0) for rows in [[got for _, got in scored], *halves]]
        if len(means) < 8:
            means.append([figure[2] for figure in figures])
        goal = GOALS[name]
        reached = {"text": figures[0][2]}
        reached.update((field, value) for field, (value, _) in fields(score, gold, answers).items())
        below += [f"{name} {field}: {reached[field]:.4f} is below its floor {floor:.4f}"
                  for field, floor in floors.get(name, {}).items() if reached[field] < floor]
        print(f"{name:12} n={len(gold):4} P={figures[0][0]:.3f} R={figures[0][1]:.3f} all={figures[0][2]:.4f} "
              f"tuned={figures[1][2]:.4f} kept apart={figures[2][2]:.4f} "
              + (f"goal={goal:.3f} {'+' if figures[0][2] >= goal else '-'}" if goal else ""), flush=True)
        if options.fields:
            for title, rows in (("tuned", [r for r in gold if half(r["domain"]) == 0]),
                                ("kept apart", [r for r in gold if half(r["domain"]) == 1])):
                got = fields(score, rows, answers)
                print(f"    {title:10} " + " ".join(f"{k}={v:.3f}/{n}" for k, (v, n) in got.items()))
        if options.worst:
            one = [(total([got])[2], row["id"]) for row, got in scored if half(row["domain"]) == 0]
            for value, page in sorted(one)[:options.worst]:
                print(f"    {value:.3f} {page}")
    if len(names) >= 8:
        all_, tuned, apart = (statistics.mean(column) for column in zip(*means))
        print(f"mean of the first eight: all={all_:.4f} tuned={tuned:.4f} kept apart={apart:.4f} goal=0.962")
    if below:
        sys.exit("\n".join(below))


if __name__ == "__main__":
    main()
