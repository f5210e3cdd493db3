#!/usr/bin/env python3
"""Holds releases against the sheet they were made from: is the stated noise the noise that is there?

    compare.py SHEET.csv LOWEST HIGHEST [--stdev 'total=5.75 …'] RELEASE.json …

For each breakdown: the root mean square of (estimate - bounded truth) / stated stdev over all measures, cells and
releases. It must lie in LOWEST … HIGHEST, or, where that would fail a right program more often than once in ten
million runs, in the wider interval of the chi-square law. Cells of one table share noise: a table of n × m cells is
taken to have (n - 1)(m - 1) values of its own, which is never too many here. Standard library only.

Every table must be the sum of every finer one, to the rounding of floating point. With --stdev, the stated
deviation over the cap must be the one given, to 0.5 %, in every measure of every release.

The bounded truth is worked out here, per worker and week: at most `cap` of each measure. Which cells a unit above its
cap loses is the program's secret, so those tables may be off by a little; total and weeks are exact.
"""
import csv
import json
import math
import sys
from collections import defaultdict

Z = 5.4  # beyond it lie 7e-8 of a normal law, both sides together


def by_unit(sheet, measure, dimensions):
    """(worker, week) -> cell -> count; a cell is a category per dimension and the week."""
    units = defaultdict(lambda: defaultdict(int))
    for row in sheet:
        if row[measure] != "":
            cell = tuple(row[d] for d in dimensions)
            units[row["worker"], row["week"]][cell] += int(row[measure])
    return units


def bounded(cells, cap):
    """Cells filled one after the other up to the cap."""
    left = cap
    for cell in sorted(cells):
        kept = min(left, cells[cell])
        left -= kept
        yield cell, kept


def interval(n, lowest, highest):
    """Where the root mean square of n standard normal values lies (Wilson and Hilferty), widened to the given bounds."""
    middle, spread = 1 - 2 / (9 * n), Z * math.sqrt(2 / (9 * n))
    return min(lowest, max(0, middle - spread) ** 1.5), max(highest, (middle + spread) ** 1.5)


def agree(measure):
    """Whether each table is what every finer table of the same measure adds up to."""
    tables = measure["breakdowns"]
    for coarse in tables:
        for fine in tables:
            if set(coarse["by"]) < set(fine["by"]):
                sums = defaultdict(list)
                for cell in fine["cells"]:
                    sums[tuple(cell[d] for d in coarse["by"])].append(cell["estimate"])
                for cell in coarse["cells"]:
                    parts = sums[tuple(cell[d] for d in coarse["by"])]
                    size = sum(map(abs, parts))
                    if abs(math.fsum(parts) - cell["estimate"]) > 1e-12 * max(1.0, size):
                        return False
    return True


def main(path, lowest, highest, stdevs, releases):
    with open(path, newline="", encoding="utf-8") as file:
        sheet = list(csv.DictReader(file))
    squares, count, covered = defaultdict(float), defaultdict(int), defaultdict(int)
    own, widest, apart, wrong = defaultdict(int), defaultdict(float), 0, set()
    for name in releases:
        with open(name, encoding="utf-8") as file:
            release = json.load(file)
        assert release["guarantee"]["unit"] == "worker-week", "this comparison knows one unit"
        for measure in release["measures"]:
            dimensions = sorted({d for b in measure["breakdowns"] for d in b["by"]} | {"week"})
            cells = defaultdict(int)
            for unit in by_unit(sheet, measure["id"], dimensions).values():
                for cell, kept in bounded(unit, measure["cap"]):
                    cells[cell] += kept
            apart += not agree(measure)
            for table in measure["breakdowns"]:
                key = "+".join(table["by"]) or "total"
                own[key] += math.prod(len({cell[d] for cell in table["cells"]}) - 1 for d in table["by"])
                widest[key] = max(widest[key], table["stdev"] / measure["cap"])
                if key in stdevs and abs(table["stdev"] / measure["cap"] / stdevs[key] - 1) > 0.005:
                    wrong.add(key)
                truth = defaultdict(int)
                for cell, kept in cells.items():
                    truth[tuple(cell[dimensions.index(d)] for d in table["by"])] += kept
                for cell in table["cells"]:
                    true = truth[tuple(cell[d] for d in table["by"])]
                    squares[key] += ((cell["estimate"] - true) / table["stdev"]) ** 2
                    count[key] += 1
                    covered[key] += cell["low"] <= true <= cell["high"]
    good = bool(squares) and not apart and not wrong and set(stdevs) <= set(squares)
    print(f"{'breakdown':<14}{'cells':>8}{'noise/stated':>14}{'must be in':>18}{'cover 95':>10}{'stdev/cap':>11}")
    for key, total in squares.items():
        n = count[key]
        figure, (low, high) = math.sqrt(total / n), interval(own[key], lowest, highest)
        good &= low <= figure <= high
        bounds = f"{low:>10.3f} – {high:.3f}"
        print(f"{key:<14}{n:>8}{figure:>14.3f}{bounds}{covered[key] / n:>10.3f}{widest[key]:>11.3f}")
    if apart:
        print(f"in {apart} cases the tables of a measure do not add up to each other")
    if wrong:
        print(f"stdev/cap is not the one known: {', '.join(sorted(wrong))}")
    return 0 if good else 1


if __name__ == "__main__":
    arguments, known = sys.argv[4:], {}
    if arguments[0] == "--stdev":
        known = {key: float(value) for key, value in (pair.split("=") for pair in arguments[1].split())}
        arguments = arguments[2:]
    sys.exit(main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), known, arguments))
