"""An edit can be put back, byte for byte, also when other lines were edited since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.patching import Patch, PatchError

lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n", b"\xff\n"]), max_size=12)
data = st.builds(lambda body, end: b"".join(body) + end, lines, st.sampled_from([b"", b"a"]))


@given(old=data, new=data)
def test_a_patch_leads_there_and_back(old: bytes, new: bytes) -> None:
    patch = Patch.between("a.yaml", old, new)
    assert patch.applied(old) == new
    assert patch.back.applied(new) == old
    assert patch.back.back == patch


def test_it_is_put_back_though_lines_came_before_it() -> None:
    old, new = b"1\n2\n3\n4\n5\n", b"1\n2\nthree\n4\n5\n"
    patch = Patch.between("a.yaml", old, new)
    assert (patch.line, patch.old, patch.new) == (2, "3\n", "three\n")
    assert patch.back.applied(b"0\n" + new + b"6\n") == b"0\n" + old + b"6\n"


@pytest.mark.parametrize(
    "now", [b"1\n2\nfour\n4\n5\n", b"", b"0\n1\n2\nthree\n4\n5\n1\n2\nthree\n4\n5\n"]
)
def test_it_is_refused_where_its_place_is_gone_or_twice(now: bytes) -> None:
    patch = Patch.between("a.yaml", b"1\n2\n3\n4\n5\n", b"1\n2\nthree\n4\n5\n")
    with pytest.raises(PatchError, match="changed since"):
        patch.back.applied(now)
