"""The targets of the fuzzer hold for what it found, and they can fail."""

import pytest

from bot.knowledge import editing
from tests.fuzz import targets
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize(
    ("target", "seed"), [(target, seed) for target, seeds in SEEDS.items() for seed in seeds]
)
def test_what_was_found_is_no_trouble_any_more(target: str, seed: bytes) -> None:
    TARGETS[target](seed)


def test_every_target_has_seeds() -> None:
    assert SEEDS.keys() == TARGETS.keys()


def test_a_target_fails_where_its_promise_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "scrub", lambda text: text)
    with pytest.raises(AssertionError):
        targets.text(b"x" * 400)
    monkeypatch.setattr(editing, "entry_in", lambda *_: None)
    with pytest.raises(AssertionError):
        targets.editor(b"\x00q\x01a")
