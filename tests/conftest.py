"""What many tests start from: a small FAQ of their own; the shipped one may change freely."""

import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cli import main
from bot.knowledge.model import (
    Dimension,
    Entry,
    KnowledgeBase,
    Place,
    Source,
    Subject,
    Vocabulary,
    Wording,
)
from bot.records.records import Records, sqlite_url
from bot.records.voters import Voters
from tests.faq_files import write_faq
from tests.simulated import WordForWord
from tests.wire import FakeDiscord, fake_discord, point_discord_py_at

Invoke = Callable[..., Result]
NOBODY = 65534
SET_UP = ("", "discord", "discord.client", "watchfiles")  # loggers with a level of their own


def make_entry(
    entry_id: str,
    subject: Subject,
    question: str,
    *phrasings: str,
    related: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
) -> Entry:
    """An entry of the dimension that its id begins with."""
    place = Place(Path("small.yaml"), 1)
    return Entry(
        id=entry_id,
        dimension=entry_id.split("-", maxsplit=1)[0],
        subject=subject,
        question=question,
        answer=f"The answer of {entry_id}. It goes on, with **details**.",
        wordings=tuple(Wording(text, place) for text in (question, *phrasings)),
        related=related,
        sources=sources,
    )


OVERVIEW = Dimension(
    "overview",
    "Overview",
    "What each one is",
    (
        make_entry(
            "overview-generative-ai",
            Subject.GENERATIVE_AI,
            "What is generative AI?",
            "explain generative AI",
        ),
        make_entry("overview-llm", Subject.LLM, "What is an LLM?", "explain LLMs"),
        make_entry(
            "overview-both",
            Subject.BOTH,
            "How do generative AI and LLMs differ?",
            "difference between generative AI and LLMs",
        ),
    ),
)
ARCHITECTURE = Dimension(
    "architecture",
    "Technical architecture",
    "Which neural networks each one is built from",
    (
        make_entry(
            "architecture-generative-ai",
            Subject.GENERATIVE_AI,
            "Which neural networks does generative AI use?",
            "networks behind generative AI",
        ),
        make_entry(
            "architecture-llm",
            Subject.LLM,
            "Which architecture do LLMs use?",
            "are LLMs transformers",
            related=("data-llm", "gone-entry", "overview-llm", "data-both", "overview-both"),
            sources=("paper", "article"),
        ),
        make_entry(
            "architecture-both",
            Subject.BOTH,
            "How do their architectures differ?",
            "compare the architecture of generative AI and LLMs",
        ),
        make_entry(
            "architecture-attention", Subject.LLM, "What is self-attention?", "how attention works"
        ),
    ),
)
DATA = Dimension(
    "data",
    "Data types",
    "What each one learns from",
    (
        make_entry(
            "data-generative-ai",
            Subject.GENERATIVE_AI,
            "Which data does generative AI learn from?",
            "training pictures and sounds of generative AI",
        ),
        make_entry(
            "data-llm", Subject.LLM, "Which data do LLMs learn from?", "training text of LLMs"
        ),
        make_entry(
            "data-both",
            Subject.BOTH,
            "How does their training data differ?",
            "training data of generative AI versus LLMs",
        ),
    ),
)
SOURCES = {
    "paper": Source(
        "paper", "Attention [and more]", "Vaswani et al.", "2017", "https://a.example/p"
    ),
    "article": Source("article", "The difference", year="2024"),
}
VOCABULARY = Vocabulary(
    same={"llm": ("llms", "large language model"), "generative ai": ("gen ai", "genai")},
    subjects={Subject.LLM: ("llm",), Subject.GENERATIVE_AI: ("generative ai",)},
    fillers=("please",),
    asking=("what", "which", "how", "why", "explain"),
    topic=("llm", "generative ai", "attention"),
    small_talk={"greeting": ("hello", "hi"), "thanks": ("thanks",), "help": ("help",)},
)


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    return KnowledgeBase((OVERVIEW, ARCHITECTURE, DATA), SOURCES, VOCABULARY)


@pytest.fixture
def answerer(knowledge: KnowledgeBase) -> WordForWord:
    return WordForWord(knowledge)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    """Records in a file of their own."""
    file = sqlite_url(tmp_path / "records.sqlite3")
    async with aclosing(Records(file, Voters(b"key"))) as records:
        await records.load()
        yield records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small FAQ as files, in the working folder of `host`."""
    return write_faq(tmp_path / "knowledge")


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder where the rights of files count: root, who may do anything, is nobody meanwhile."""
    if os.name != "posix":
        pytest.skip("only POSIX systems give files rights that a test can take away")
    root = os.geteuid() == 0
    with TemporaryDirectory() as name:  # not in tmp_path, which is closed to others
        if root:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)
            Path(name).chmod(0o700)  # so that it can be emptied


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logging_as_before: None) -> None:
    """A working folder of our own, where nothing is set."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("FAQ_", "DISCORD_")):
            monkeypatch.delenv(name)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """In the end, logging is as it was."""
    handlers = list(logging.getLogger().handlers)
    levels = {name: logging.getLogger(name).level for name in SET_UP}
    yield
    logging.captureWarnings(capture=False)
    logging.getLogger().handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def invoke(host: None, folder: Path) -> Invoke:
    """Type a command, as a host would who has the files of `folder`."""
    assert folder.is_dir()

    def invoke(*arguments: str, stdin: str | bytes = b"") -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)

    return invoke


@pytest.fixture
async def discord_itself(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    """A Discord on a socket, which discord.py talks to."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with fake_discord() as fake:
        point_discord_py_at(fake.url)
        yield fake
