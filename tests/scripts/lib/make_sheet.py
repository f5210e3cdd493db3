#!/usr/bin/env python3
"""A made-up quarter of paper tallies for config/programme.large.toml.

    make_sheet.py ROWS TOO_LARGE > sheet.csv

TOO_LARGE of the ROWS have a count above `max_per_tally`; their line numbers go to standard error, one a line. The
same arguments give the same file. Standard library only.
"""
import random
import sys

AREAS = ["harbour", "north", "centre", "east", "south", "west"]
SETTINGS = ["street", "van", "fixed-site", "night-round", "home-visit"]
MEASURES = {
    "contacts": (9, 150), "contacts_new": (2, 50), "syringes_out": (40, 1500), "sharps_in": (20, 1000),
    "naloxone_out": (3, 80), "checking_strips": (8, 200), "referrals": (1, 30), "inhalation_kits": (6, 200),
}


def count(rng, mean, most):
    """Skewed; blank now and then."""
    return "" if rng.random() < 0.1 else str(min(most, int(rng.expovariate(1 / mean))))


def main(rows, too_large):
    rng = random.Random(2025)
    wrong = set(rng.sample(range(rows), too_large))
    print(",".join(["worker", "week", "area", "setting", *MEASURES]))
    for row in range(rows):
        counts = [count(rng, *law) for law in MEASURES.values()]
        counts[0] = counts[0] or "0"
        if row in wrong:
            at = rng.randrange(len(counts))
            counts[at] = str(list(MEASURES.values())[at][1] + rng.randint(1, 500))
            print(row + 2, file=sys.stderr)
        week = f"2025-W{rng.randint(1, 13):02}"
        print(",".join([f"w{rng.randrange(rows // 35 + 1):04}", week, rng.choice(AREAS), rng.choice(SETTINGS), *counts]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
