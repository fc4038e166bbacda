"""The lock file pins every library that the bot needs, by hashes, and names no registry."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parents[1]
LOCK = (HERE / "requirements.lock").read_text(encoding="utf-8")
PINNED = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE)
}
EXTRAS = ("metrics", "plots", "postgres")


def wanted() -> list[Requirement]:
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    texts = [*project["dependencies"], *(text for extra in EXTRAS for text in optional[extra])]
    return [Requirement(text) for text in texts]


def test_every_line_pins_a_version_and_its_hashes() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(blocks) == len(PINNED)
    pin, digest = r"[\w.-]+==[\w.]+( ;[^\\]*)?", r"--hash=sha256:[0-9a-f]{64}"
    for block in blocks:
        assert re.fullmatch(rf"{pin}( \\\n    {digest})+", block), block[:60]


def test_no_registry_is_named() -> None:
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_what_the_project_asks_for_is_pinned_as_it_asks() -> None:
    for requirement in wanted():
        version = PINNED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement}: {version} is pinned"


def test_what_these_need_is_pinned_too() -> None:
    waiting, seen = [requirement.name for requirement in wanted()], set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        assert name in PINNED, f"{name} is not pinned"
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:  # an extra that is not installed here
            continue
        here = (each for each in needs if not each.marker or each.marker.evaluate({"extra": ""}))
        waiting.extend(need.name for need in here)
