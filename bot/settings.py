"""What the host sets up: read once from the environment and .env, typed, frozen.

Nothing is read at import. Every mistake is told at once, as a sentence that says what to do, and
no sentence repeats a value that could be a secret.
"""

import difflib
import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, get_args

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LogFormat = Literal["text", "json"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

ENV_FILE = Path(".env")
_PREFIX = "FAQ_"
_LARGEST_ID = 2**64 - 1  # Discord's ids are unsigned 64-bit numbers
_MOST_FALSE_ANSWERS = 10
_ON, _OFF = {"on", "yes", "true"}, {"off", "no", "false"}
_MISSED_KEPT, _LONGEST_KEPT = 30, 90  # days
_LAST_PORT = 65535
_LONG = 9  # digits
_LONGEST_QUOTE = 24  # longer values may be a secret that was pasted in the wrong place
_HOW_TO_COPY_AN_ID = (
    "in Discord, turn on Settings > Advanced > Developer Mode, then right-click it > Copy ID"
)


class SettingsError(Exception):
    """The settings cannot be used; `problems` holds one sentence for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """The settings by their meaning; `environment_names` has their names in the environment."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,  # looked for in the working folder when the settings are read
        env_file_encoding="utf-8",
        env_prefix=_PREFIX,
        env_ignore_empty=True,  # a line of .env.example left empty is a setting left alone
        extra="ignore",  # .env may serve other programs too
        frozen=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    knowledge: Path = Path("knowledge")
    data: Path = Path("data")
    database: SecretStr | None = None  # its address may have a password in it
    keep_missed: int = 0
    channels: Annotated[frozenset[int], NoDecode] = frozenset()
    false_answers: float = 0.5
    moderator_guilds: Annotated[frozenset[int], NoDecode] = frozenset()
    git_commit: bool = False
    strict_reload: bool = False
    dev_guild: int | None = None
    log_level: LogLevel = "INFO"
    log_format: LogFormat = "text"
    metrics_port: int = 0
    metrics_host: str = "127.0.0.1"

    @field_validator("token", mode="before")
    @classmethod
    def _whole_token(cls, value: str) -> str:
        token = value.strip()
        if any(character.isspace() or not character.isprintable() for character in token):
            raise ValueError(
                "has a space or an invisible character in it; paste the bot's token alone, "
                'without the word "Bot"'
            )
        return token

    @field_validator("knowledge", "data", mode="after")
    @classmethod
    def _home_spelled_out(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("channels", mode="before")
    @classmethod
    def _channel_ids(cls, value: str) -> frozenset[int]:
        return frozenset(_ids(value.replace(",", " ").split(), "channel"))

    @field_validator("moderator_guilds", mode="before")
    @classmethod
    def _guild_ids(cls, value: str) -> frozenset[int]:
        return frozenset(_ids(value.replace(",", " ").split(), "server"))

    @field_validator("git_commit", "strict_reload", mode="before")
    @classmethod
    def _on_or_off(cls, value: str) -> bool:
        text = value.strip().lower()
        if text not in _ON | _OFF:
            raise ValueError(f"is {_quoted(value)}; give on or off")
        return text in _ON

    @field_validator("false_answers", mode="before")
    @classmethod
    def _sensible_budget(cls, value: str) -> float:
        try:
            budget = float(value)
        except ValueError:
            budget = -1.0
        if not 0 <= budget <= _MOST_FALSE_ANSWERS:
            raise ValueError(
                f"is {_quoted(value)}; give a number from 0 (never answer unasked) to "
                f"{_MOST_FALSE_ANSWERS}, such as 0.5: false answers in 10,000 messages"
            )
        return budget

    @field_validator("keep_missed", mode="before")
    @classmethod
    def _sensible_days(cls, value: str) -> int:
        text = value.strip().lower()
        if text in _ON:
            return _MISSED_KEPT
        if text in _OFF:
            return 0
        if text.isascii() and text.isdigit() and int(text) <= _LONGEST_KEPT:
            return int(text)
        raise ValueError(
            f"is {_quoted(value)}; give on, off, or for how many days, at most {_LONGEST_KEPT}"
        )

    @field_validator("dev_guild", mode="before")
    @classmethod
    def _guild_id(cls, value: str) -> int:
        return _ids([value.strip()], "server")[0]

    @field_validator("metrics_port", mode="before")
    @classmethod
    def _free_port(cls, value: str) -> int:
        text = value.strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < _LONG else -1
        if not 0 <= number <= _LAST_PORT:
            raise ValueError(
                f"is {_quoted(value)}; give a port from 1 to {_LAST_PORT}, or 0 for none"
            )
        return number

    @field_validator("metrics_host", mode="before")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        text = value.strip()
        try:
            ip_address(text)
        except ValueError:
            raise ValueError(
                f"is {_quoted(value)}; give an IP address of this computer, such as 127.0.0.1"
            ) from None
        return text

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _one_of_its_choices(cls, value: str, info: ValidationInfo) -> str:
        choices: tuple[str, ...] = get_args(cls.model_fields[str(info.field_name)].annotation)
        for choice in choices:
            if choice.lower() == value.strip().lower():
                return choice
        raise ValueError(f"is {_quoted(value)}; choose one of {', '.join(choices)}")


def _ids(texts: list[str], what: str) -> list[int]:
    strange = [text for text in texts if not _is_id(text)]
    if strange:
        found = ", ".join(map(_quoted, strange))
        raise ValueError(f"needs the id of a {what}, not {found} ({_HOW_TO_COPY_AN_ID})")
    return [int(text) for text in texts]


def _is_id(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_ID))):
        return False
    return 0 < int(text) <= _LARGEST_ID


def _quoted(value: str) -> str:
    return f'"{value}"' if len(value) <= _LONGEST_QUOTE else f"a text of {len(value)} characters"


def environment_names() -> dict[str, str]:
    """The name of every setting in the environment, by its name here."""
    return {
        name: str(field.validation_alias or f"{_PREFIX}{name}".upper())
        for name, field in Settings.model_fields.items()
    }


def load() -> Settings:
    """Read the environment, and where that is silent the file .env of the working folder.

    Raises SettingsError with every mistake.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(tuple(map(_sentence, error.errors(include_url=False)))) from None
    except UnicodeDecodeError:
        raise SettingsError((f"{ENV_FILE} is not UTF-8 text; save it again as UTF-8.",)) from None
    except OSError as error:
        raise SettingsError(
            (f"{ENV_FILE} cannot be read ({error.strerror}); give this user access to it.",)
        ) from None


def _sentence(mistake: ErrorDetails) -> str:
    place = str(mistake["loc"][0])
    reason = mistake.get("ctx", {}).get("error", mistake["msg"])
    return f"{environment_names().get(place, place)} {reason}."


def strangers() -> tuple[str, ...]:
    """A sentence for each FAQ_ variable that no setting reads: most often one that is misspelt."""
    known = sorted(environment_names().values())
    given = {**dotenv_values(ENV_FILE), **os.environ}
    strange = sorted(
        name for name in given if name.upper().startswith(_PREFIX) and name.upper() not in known
    )
    return tuple(_about_stranger(name, known) for name in strange)


def _about_stranger(name: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(name.upper(), known, n=1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"the settings are {', '.join(known)}."
    return f"{name} is not a setting of this bot; {hint}"


def knowledge_folder(settings: Settings) -> Path:
    """The folder to read the FAQ from.

    Where none was named and the working folder has none, the FAQ that came with the program: in a
    wheel beside the code, in a checkout beside the package.
    """
    if "knowledge" in settings.model_fields_set or settings.knowledge.is_dir():
        return settings.knowledge
    package = Path(__file__).parent
    shipped = (package / "_knowledge", package.parent / "knowledge")
    return next((folder for folder in shipped if folder.is_dir()), settings.knowledge)
