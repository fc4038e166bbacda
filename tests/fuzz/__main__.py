"""Fuzz one target: `python -m tests.fuzz TARGET [libFuzzer options]`, such as -runs=100000.

Guided by coverage, with atheris (`pip install atheris`). What it finds becomes a line in seeds.py.
"""

import sys

import atheris

with atheris.instrument_imports(include=["bot"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"{__doc__}\nTargets: {', '.join(TARGETS)}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
