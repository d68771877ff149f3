"""`make bench`: measure, and say of each number whether it reaches its target."""

from __future__ import annotations

import argparse
import sys

from benchmarks import (
    advise,
    advisories,
    elf,
    layer_index,
    lint,
    outdated,
    pin_requests,
    proving,
    requests,
    scan,
    start_up,
    tag_history,
)

BENCHMARKS = {
    "start_up": start_up.measure,
    "requests": requests.measure,
    "pin_requests": pin_requests.measure,
    "outdated": outdated.measure,
    "lint": lint.measure,
    "layer_index": layer_index.measure,
    "advise": advise.measure,
    "advisories": advisories.measure,
    "scan": scan.measure,
    "tag_history": tag_history.measure,
    "elf": elf.measure,
    "proving": proving.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=5, help="runs of which the median counts")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - BENCHMARKS.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    missed = 0
    for name in arguments.names or BENCHMARKS:
        for measurement in BENCHMARKS[name](arguments.rounds):
            print(measurement.line(), flush=True)
            missed += not measurement.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
