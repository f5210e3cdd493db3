#!/usr/bin/env python3
"""Holds releases against the sheet they were made from: is the stated noise the noise that is there?

    compare.py SHEET.csv LOWEST HIGHEST RELEASE.json …

For each breakdown: the root mean square of (estimate - bounded truth) / stated stdev over all measures, cells and
releases. It must lie in LOWEST … HIGHEST, or, where that would fail a right program more often than once in ten
million runs, in the wider interval of the chi-square law for this number of cells. Standard library only.

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


def main(path, lowest, highest, releases):
    with open(path, newline="", encoding="utf-8") as file:
        sheet = list(csv.DictReader(file))
    squares, count, covered = defaultdict(float), defaultdict(int), defaultdict(int)
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
            for table in measure["breakdowns"]:
                truth = defaultdict(int)
                for cell, kept in cells.items():
                    truth[tuple(cell[dimensions.index(d)] for d in table["by"])] += kept
                for cell in table["cells"]:
                    key = "+".join(table["by"]) or "total"
                    true = truth[tuple(cell[d] for d in table["by"])]
                    squares[key] += ((cell["estimate"] - true) / table["stdev"]) ** 2
                    count[key] += 1
                    covered[key] += cell["low"] <= true <= cell["high"]
    good = bool(squares)
    print(f"{'breakdown':<14}{'cells':>8}{'noise/stated':>14}{'must be in':>18}{'cover 95':>10}")
    for key, total in squares.items():
        n = count[key]
        figure, (low, high) = math.sqrt(total / n), interval(n, lowest, highest)
        good &= low <= figure <= high
        print(f"{key:<14}{n:>8}{figure:>14.3f}{low:>10.3f} – {high:.3f}{covered[key] / n:>10.3f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]))
