import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingsError, environment_names, knowledge_folder, load, strangers

PASTED = "MTIz.secret-part.of-a-token"


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment in which nothing is set."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("FAQ_", "DISCORD_")):
            monkeypatch.delenv(name)
    return tmp_path


def problems() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load()
    return caught.value.problems


def test_without_any_setting_the_defaults_hold() -> None:
    found = load()
    assert found.token is None
    assert found.knowledge == Path("knowledge")
    assert found.data == Path("data")
    assert found.channels == frozenset()
    assert found.dev_guild is None
    assert found.false_answers == 0.5
    assert found.log_level == "INFO"
    assert found.database is None
    assert found.keep_missed == 0
    assert found.moderator_guilds == frozenset()
    assert not found.git_commit
    assert not found.strict_reload


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DISCORD_TOKEN": f" {PASTED} ",
        "FAQ_KNOWLEDGE": "some/where",
        "FAQ_DATA": "~/kept",
        "FAQ_CHANNELS": "11, 22 33,",
        "FAQ_DEV_GUILD": " 44 ",
        "FAQ_FALSE_ANSWERS": " 2.5 ",
        "FAQ_LOG_LEVEL": "debug",
        "FAQ_LOG_FORMAT": "JSON",
        "FAQ_METRICS_PORT": " 9100 ",
        "FAQ_METRICS_HOST": "::1",
        "FAQ_DATABASE": "postgresql+asyncpg://me:secret@there/faq",
        "FAQ_KEEP_MISSED": " On ",
        "FAQ_MODERATOR_GUILDS": "55, 66",
        "FAQ_GIT_COMMIT": "on",
        "FAQ_STRICT_RELOAD": "Yes",
    }
    assert set(values) == set(environment_names().values())
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    found = load()
    assert found.token
    assert found.token.get_secret_value() == PASTED
    assert found.knowledge == Path("some/where")
    assert found.data == Path.home() / "kept"
    assert found.channels == {11, 22, 33}
    assert found.dev_guild == 44
    assert found.false_answers == 2.5
    assert found.database
    assert found.database.get_secret_value() == "postgresql+asyncpg://me:secret@there/faq"
    assert "secret" not in repr(found)
    assert found.keep_missed == 30
    assert found.moderator_guilds == {55, 66}
    assert found.git_commit
    assert found.strict_reload
    assert found.log_level == "DEBUG"
    assert found.log_format == "json"
    assert (found.metrics_host, found.metrics_port) == ("::1", 9100)


def test_the_environment_goes_before_the_env_file(
    empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / ".env").write_text("FAQ_CHANNELS=1\nFAQ_DEV_GUILD=2\nOTHER=3\n", "utf-8")
    monkeypatch.setenv("FAQ_CHANNELS", "9")
    found = load()
    assert (found.channels, found.dev_guild) == (frozenset({9}), 2)


def test_a_setting_left_empty_is_left_alone(empty_place: Path) -> None:
    (empty_place / ".env").write_text("DISCORD_TOKEN=\nFAQ_CHANNELS=\nFAQ_DEV_GUILD=\n", "utf-8")
    assert load() == settings.Settings()
    assert load().token is None


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().log_level = "ERROR"


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", PASTED)
    found = load()
    assert PASTED not in f"{found} {found!r} {found.model_dump()} {found.model_dump_json()}"


def test_every_mistake_is_told_at_once_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f"Bot {PASTED}")
    monkeypatch.setenv("FAQ_CHANNELS", "11, ask-ai, 0, 99999999999999999999999")
    monkeypatch.setenv("FAQ_DEV_GUILD", "²")
    monkeypatch.setenv("FAQ_LOG_LEVEL", "loud")
    told = dict(problem.split(" ", 1) for problem in problems())
    assert set(told) == {"DISCORD_TOKEN", "FAQ_CHANNELS", "FAQ_DEV_GUILD", "FAQ_LOG_LEVEL"}
    assert "paste the bot's token alone" in told["DISCORD_TOKEN"]
    assert '"ask-ai", "0", "99999999999999999999999"' in told["FAQ_CHANNELS"]
    assert '"11"' not in told["FAQ_CHANNELS"]
    assert "Copy ID" in told["FAQ_DEV_GUILD"]
    assert "DEBUG, INFO, WARNING, ERROR" in told["FAQ_LOG_LEVEL"]
    assert all(sentence.endswith(".") for sentence in told.values())


@pytest.mark.parametrize("name", sorted(environment_names().values()))
def test_no_mistake_repeats_a_token_pasted_in_the_wrong_place(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, f"Bot {PASTED}")
    try:
        told = repr(load()) if name not in {"FAQ_KNOWLEDGE", "FAQ_DATA"} else ""
    except SettingsError as error:
        told = f"{error} {error.problems}"
    assert PASTED not in told


def test_an_endless_number_is_no_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_DEV_GUILD", "9" * 5000)
    assert "a text of 5000 characters" in problems()[0]


def test_an_env_file_that_is_not_utf_8_is_a_problem(empty_place: Path) -> None:
    (empty_place / ".env").write_bytes(b"FAQ_DATA=\xff\xfe")
    assert problems() == (".env is not UTF-8 text; save it again as UTF-8.",)


def test_an_env_file_that_cannot_be_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Tests may run as root, who may read everything.
    monkeypatch.setattr(settings, "Settings", refuse)
    assert "cannot be read (Permission denied)" in problems()[0]


def test_a_misspelt_setting_is_told_with_the_nearest_name(
    empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / ".env").write_text("FAQ_CHANELS=1\nUNRELATED=2\n", "utf-8")
    monkeypatch.setenv("FAQ_XYZ", "3")
    monkeypatch.setenv("FAQ_DATA", "4")
    channels, xyz = strangers()
    assert channels == "FAQ_CHANELS is not a setting of this bot; did you mean FAQ_CHANNELS?"
    assert xyz.startswith("FAQ_XYZ is not a setting")
    assert all(name in xyz for name in environment_names().values())


class TestKnowledgeFolder:
    def test_is_the_one_that_was_named_even_if_it_is_not_there(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAQ_KNOWLEDGE", "gone")
        assert knowledge_folder(load()) == Path("gone")

    def test_is_that_of_the_working_folder(self, empty_place: Path) -> None:
        (empty_place / "knowledge").mkdir()
        assert knowledge_folder(load()) == Path("knowledge")

    def test_is_the_shipped_one_where_the_working_folder_has_none(self) -> None:
        assert (knowledge_folder(load()) / "overview.yaml").is_file()

    def test_is_beside_the_code_in_a_wheel(
        self, empty_place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shipped = empty_place / "site" / "bot" / "_knowledge"
        shipped.mkdir(parents=True)
        monkeypatch.setattr(settings, "__file__", str(shipped.parent / "settings.py"))
        assert knowledge_folder(load()) == shipped

    def test_is_the_default_where_nothing_was_shipped(
        self, empty_place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "__file__", str(empty_place / "bot" / "settings.py"))
        assert knowledge_folder(load()) == Path("knowledge")


def test_importing_the_settings_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_CHANNELS", "unset")
    spec = spec_from_file_location("fresh_settings", settings.__file__)
    assert spec
    assert spec.loader
    fresh = module_from_spec(spec)
    spec.loader.exec_module(fresh)
    with pytest.raises(fresh.SettingsError, match="unset"):
        fresh.load()


@pytest.mark.parametrize("budget", ["-1", "11", "few", "nan", "inf", "1,5", "0.5 %"])
def test_false_answers_are_a_small_number(budget: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_FALSE_ANSWERS", budget)
    with pytest.raises(SettingsError, match="such as 0\\.5: false answers"):
        load()


@pytest.mark.parametrize("name", ["FAQ_GIT_COMMIT", "FAQ_STRICT_RELOAD"])
def test_a_switch_is_on_or_off(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "off")
    assert load() == settings.Settings()
    monkeypatch.setenv(name, "maybe")
    assert problems() == (f'{name} is "maybe"; give on or off.',)


def test_servers_are_given_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_MODERATOR_GUILDS", "55, AI Corner")
    assert '"AI", "Corner"' in problems()[0]


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("FAQ_METRICS_PORT", "65536", "a port from 1 to 65535"),
        ("FAQ_METRICS_PORT", "-1", "a port from 1 to 65535"),
        ("FAQ_METRICS_PORT", "9" * 5000, "a port from 1 to 65535"),
        ("FAQ_METRICS_HOST", "everywhere", "an IP address of this computer"),
        ("FAQ_LOG_FORMAT", "xml", "choose one of text, json"),
    ],
)
def test_what_monitoring_needs_is_checked(
    name: str, value: str, cure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    (problem,) = problems()
    assert problem.startswith(f"{name} is ")
    assert cure in problem
