"""What is at hand in memory: settings, links, voters; and what is scrubbed from questions."""

import re
import stat
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records import links as links_module
from bot.records.links import Links
from bot.records.listening import Care, Mode, ServerSettings
from bot.records.rows import Link, today
from bot.records.scrubbing import LONGEST, scrub
from bot.records.servers import Servers
from bot.records.voters import Voters, key_in

CHOSEN = ServerSettings(1, MappingProxyType({3: Mode.ON, 2: Mode.SHADOW}))


async def test_settings_in_memory() -> None:
    servers = Servers()
    assert not servers.listens()
    await servers.save(CHOSEN)
    assert servers.of(1) == CHOSEN
    assert servers.listens()
    servers.forget(1)
    servers.forget(1)
    assert servers.of(1) == ServerSettings(1)


def test_channels_change_their_mode() -> None:
    settings = CHOSEN.with_mode(Mode.ON, {2, 4})
    assert settings.modes == {2: Mode.ON, 4: Mode.ON}
    assert settings.with_mode(Mode.SHADOW, {4}).modes == {2: Mode.ON, 4: Mode.SHADOW}
    assert settings.with_mode(Mode.ON, set()).modes == {}


async def test_the_nearest_place_decides() -> None:
    servers = Servers(always={7})
    await servers.save(CHOSEN)
    assert servers.mode_at(1, (2, 3)) is Mode.SHADOW
    assert servers.mode_at(1, (9, 3, 2)) is Mode.ON
    assert servers.mode_at(1, (9,)) is Mode.OFF
    assert servers.mode_at(1, (9, 7)) is Mode.ON
    assert servers.mode_at(5, (7,)) is Mode.ON
    assert servers.mode_at(5, (3,)) is Mode.OFF


def test_care_is_a_share_of_what_the_host_allows() -> None:
    assert [care.budget(0.5) for care in Care] == pytest.approx([0.1, 0.5, 2.0])


def test_only_the_newest_links_are_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links_module, "MOST", 2)
    links = Links()
    for question in (1, 2, 1, 3):
        links.add(Link(question, 9, 2, 1, today()))
    assert [bool(links.of(question)) for question in (1, 2, 3)] == [True, False, True]


def test_the_key_for_votes_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "voters.key"
    key = key_in(file)
    assert key_in(file) == key
    assert len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(b"broken")
    assert len(key_in(file)) == 32


def test_without_a_place_for_the_key_there_is_one_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    assert len(key_in(tmp_path / "file" / "voters.key")) == 32
    assert "cannot be kept" in caplog.text


def test_a_voter_is_a_hash_that_only_the_key_can_make() -> None:
    assert Voters(b"a").hash(1) == Voters(b"a").hash(1)
    assert len({Voters(b"a").hash(1), Voters(b"a").hash(2), Voters(b"b").hash(1)}) == 3


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("what is an LLM?", "what is an LLM?"),
        (
            "<@123> ask <@!4> and <#5> and <@&6>",
            "[mention] ask [mention] and [mention] and [mention]",
        ),
        ("ask @sam.smith", "ask [mention].smith"),
        ("mail me: Some.One+x@mail.example.org!", "mail me: [email]!"),
        ("see https://a.example/b?c=d and www.b.example", "see [link] and [link]"),
        ("see example.com/me now", "see [link] now"),
        ("call +49 (0)170 1234567 or 110", "call [number] or [number]"),
        ("two\n\nlines\x00\u202e here", "two lines here"),
        ("<:smile:123456> hi", "[mention] hi"),
    ],
)
def test_what_could_tell_who_asked_is_taken_out(text: str, scrubbed: str) -> None:
    assert scrub(text) == scrubbed


@given(st.text(max_size=3000))
def test_anything_can_be_scrubbed(text: str) -> None:
    found = scrub(text)
    assert len(found) <= LONGEST
    assert not any(character.isdigit() and character.isascii() for character in found)
    assert not re.search(r"[a-zA-Z]://", found)


def test_half_an_address_is_not_left() -> None:
    long = "<@12345678901234567890> " * 49
    assert "someone" not in scrub(f"{long}{'x' * (1190 - len(long))} someone@mail.example.org")
