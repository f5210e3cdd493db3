#!/usr/bin/env python3
"""The same release made with OpenDP's Python package or diffprivlib, for benches/accuracy.rs.

    peers.py SHEET.csv PLAN.json TOOL DRAWS

TOOL is `opendp`, `diffprivlib-laplace` or `diffprivlib-gaussian`. Neither package bounds what a unit adds to whole
tables of integers, so that is done here, for all alike, with polars: at most `cap` counts of each measure for one
worker and week, cells filled in a random order. Every table then gets noise of its own:

- opendp: discrete Gaussian on the whole table, rho split evenly over measures and tables (the same zCDP guarantee).
- diffprivlib: noise on each cell, calibrated to the (epsilon, delta) that its BudgetAccountant grants each of the
  tables of all measures (advanced composition) at the same (epsilon, delta) in all. A unit is within `cap` in L1, and
  so in L2, so noise of that sensitivity on each cell covers a whole table. The Gaussian one is `GaussianAnalytic`;
  `GaussianDiscrete` has the same error and searches for its scale for minutes.

Prints JSON: seconds for reading, bounding and adding up, and noise (the first draw); and per table the sum over all
draws of ((estimate - bounded truth) / cap)^2, with their number. Importing the packages is not counted.
"""
import json
import math
import sys
import time

import polars as pl


def main(sheet, plan, tool, draws):
    plan = json.load(open(plan, encoding="utf-8"))
    mechanism = opendp(plan) if tool == "opendp" else diffprivlib(plan, tool)
    start = time.perf_counter()
    rows = pl.read_csv(sheet)
    read = time.perf_counter()
    tables = {measure: added_up(rows, plan, measure, cap) for measure, cap in plan["caps"].items()}
    summed = time.perf_counter()
    noisy = [(name, cap, exact, mechanism(exact, cap)) for name, cap, exact in each(plan, tables)]
    end = time.perf_counter()
    squares = {}
    for draw in range(draws):
        if draw > 0:
            noisy = [(name, cap, exact, mechanism(exact, cap)) for name, cap, exact in each(plan, tables)]
        for name, cap, exact, estimates in noisy:
            total = squares.setdefault(name, [0.0, 0])
            total[0] += sum(((e - t) / cap) ** 2 for e, t in zip(estimates, exact))
            total[1] += len(exact)
    times = {"read": read - start, "sum": summed - read, "noise": end - summed}
    print(json.dumps({"times": times, "squares": squares}))


def each(plan, tables):
    for measure, cap in plan["caps"].items():
        for (name, _), exact in zip(plan["tables"], tables[measure]):
            yield name, cap, exact


def added_up(rows, plan, measure, cap):
    """The bounded tables of one measure, every cell of each."""
    dimensions = list(plan["categories"])
    cells = (
        rows.filter(pl.col(measure) > 0)
        .group_by(["worker", "week", *[d for d in dimensions if d != "week"]])
        .agg(pl.col(measure).sum().alias("n"))
        .sample(fraction=1.0, shuffle=True)
        .with_columns((pl.col("n").cum_sum().over(["worker", "week"]) - pl.col("n")).alias("before"))
        .with_columns(pl.min_horizontal("n", (cap - pl.col("before")).clip(0)).alias("kept"))
    )
    tables = []
    for _, by in plan["tables"]:
        every = [()]
        for dimension in by:
            every = [at + (category,) for at in every for category in plan["categories"][dimension]]
        if by:
            sums = cells.group_by(by).agg(pl.col("kept").sum())
            found = {tuple(row[:-1]): row[-1] for row in sums.select([*by, "kept"]).iter_rows()}
        else:
            found = {(): cells["kept"].sum()}
        tables.append([int(found.get(at, 0)) for at in every])
    return tables


def opendp(plan):
    import opendp.prelude as dp

    dp.enable_features("contrib")
    part = plan["rho"] / len(plan["caps"]) / len(plan["tables"])
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T=float)

    def noise(exact, cap):
        scale = cap * math.sqrt(1 / (2 * part))
        gaussian = dp.m.make_gaussian(*space, scale=scale, MO=dp.ZeroConcentratedDivergence)
        assert gaussian.map(float(cap)) <= part * (1 + 1e-12)
        return gaussian(exact)

    return noise


def diffprivlib(plan, tool):
    from diffprivlib import BudgetAccountant
    from diffprivlib.mechanisms import GaussianAnalytic, Laplace

    queries = len(plan["caps"]) * len(plan["tables"])
    laplace = tool.endswith("laplace")
    slack = plan["delta"] if laplace else plan["delta"] / 2
    accountant = BudgetAccountant(epsilon=plan["epsilon"], delta=plan["delta"], slack=slack)
    epsilon, delta = accountant.remaining(queries)

    def noise(exact, cap):
        if laplace:
            mechanism = Laplace(epsilon=epsilon, sensitivity=cap)
        else:
            mechanism = GaussianAnalytic(epsilon=epsilon, delta=delta, sensitivity=cap)
        return [mechanism.randomise(count) for count in exact]

    return noise


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
