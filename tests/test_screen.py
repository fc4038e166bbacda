import io
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot import screen
from bot.answering import Answerer, Fallback, Occasion, Query
from bot.explaining import explain
from bot.knowledge.model import KnowledgeBase, OutsideTopic, Place, Wording
from bot.replies import Button, Reply, ShowTopics, compose
from bot.screen import Screen, converse, patience


@pytest.fixture(scope="module")
def finder(knowledge: KnowledgeBase) -> Answerer:
    """The real thing: what `ask` talks to."""
    return Answerer.build(knowledge)


def plain(width: int = 100) -> Screen:
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width)
    return Screen(console)


def told(text: str) -> str:
    """The words of what was drawn, whatever the line breaks and the lines around."""
    return " ".join(re.sub(r"[─\s]+", " ", text).split())


class TestReply:
    def test_markdown_is_drawn(self) -> None:
        drawn = plain().reply(Reply("A **bold** word\n- one\n- two"))
        assert "A bold word" in drawn
        assert " • one" in drawn

    def test_lines_stay_apart_as_in_discord(self) -> None:
        drawn = [line.rstrip() for line in plain().reply(Reply("one\ntwo\n\nthree")).splitlines()]
        assert drawn == ["one", "two", "", "three"]

    def test_a_source_shows_its_address(self) -> None:
        drawn = plain().reply(Reply("x", "Sources: [Vaswani (2017)](<https://a.example/p>)"))
        assert "Vaswani (2017) (https://a.example/p)" in drawn

    def test_buttons_have_numbers_where_they_can_be_picked(self) -> None:
        reply = Reply("x", buttons=(Button("[Ask] this", ShowTopics()), Button("Or", ShowTopics())))
        assert "→ [Ask] this\n→ Or" in plain().reply(reply)
        assert " 1  [Ask] this\n 2  Or" in plain().reply(reply, numbered=True)

    def test_nothing_in_it_controls_the_terminal(self) -> None:
        reply = Reply("a\x1b[2Jb", "c\x07", (Button("d\x9b1m", ShowTopics()),))
        assert not {"\x1b", "\x07", "\x9b"} & set(plain().reply(reply))

    def test_is_never_wider_than_the_terminal(self) -> None:
        drawn = plain(40).reply(Reply("word " * 50, "note " * 50))
        assert max(map(len, drawn.splitlines())) <= 40

    def test_has_colours_only_on_a_terminal(self) -> None:
        reply = Reply("**bold**")
        seen = Console(file=io.StringIO(), force_terminal=True, color_system="standard")
        assert "\x1b[1m" in Screen(seen).reply(reply)
        assert "\x1b" not in Screen(Console(file=io.StringIO())).reply(reply)


class TestExplanation:
    def test_tells_words_wordings_candidates_and_the_decision(self, finder: Answerer) -> None:
        drawn = plain().explanation(explain(finder, Query("wich architecture do LLMs use zxqv")))
        assert re.search(r"wich +which +\d\d%", drawn)
        assert re.search(r"zxqv +not at all", drawn)
        assert "Subject named: llm" in drawn
        assert re.search(r"Which architecture do LLMs use\? +architecture-llm +0\.\d\d", drawn)
        assert re.search(
            r"architecture-llm +Which architecture do LLMs use\? +\d\.\d\d +\d+%", drawn
        )
        assert "It is answered. The best candidate is" in told(drawn)

    def test_tells_how_many_wordings_it_leaves_out(self, finder: Answerer) -> None:
        drawn = plain().explanation(explain(finder, Query("generative AI LLMs data")))
        assert re.search(r"and \d+ that are less like it", drawn)

    def test_small_talk_was_not_looked_up(self, finder: Answerer) -> None:
        drawn = plain().explanation(explain(finder, Query("hello")))
        assert "small talk" in drawn
        assert "wordings most like it" not in drawn

    def test_of_nothing_is_the_decision_alone(self, finder: Answerer) -> None:
        drawn = plain().explanation(explain(finder, Query("")))
        assert "It is not answered." in drawn
        assert "How it was read" not in drawn

    def test_of_something_endless_ends(self, finder: Answerer) -> None:
        drawn = plain().explanation(explain(finder, Query("what are llms " * 1400)))
        assert len(drawn.splitlines()) < 200

    def test_tells_the_topic_outside_the_faq(self, knowledge: KnowledgeBase) -> None:
        asked = Wording("which graphics card should I buy", Place(Path("outside.yaml"), 1))
        topic = OutsideTopic("buying hardware", (asked,))
        answerer = Answerer.build(replace(knowledge, outside=(topic,)))
        drawn = plain().explanation(explain(answerer, Query("which graphics card do LLMs use")))
        assert re.search(r"outside the FAQ +buying hardware +\d+%", drawn)

    def test_brackets_are_no_styles(self, finder: Answerer) -> None:
        assert "“[red]”" in plain().explanation(explain(finder, Query("[red]")))

    def test_fits_a_narrow_terminal(self, finder: Answerer) -> None:
        drawn = plain(60).explanation(explain(finder, Query("Which architecture do LLMs use?")))
        assert max(map(len, drawn.splitlines())) <= 60


class Person:
    """Types one line after the other, then ends the input, or does what `end` does."""

    def __init__(self, *typed: str, end: type[BaseException] = EOFError) -> None:
        self._typed = iter(typed)
        self._end = end
        self.read: list[str] = []

    def type(self, _: str) -> str:
        try:
            return next(self._typed)
        except StopIteration:
            raise self._end from None

    def see(self, text: str) -> None:
        self.read.append(told(text))


def talk(answerer: Answerer, person: Person) -> list[str]:
    """What the person reads, after the greeting and how to go on."""
    converse(answerer, plain(), person.type, person.see)
    return person.read[2:]


class TestConversation:
    def test_opens_with_what_can_be_asked(self, finder: Answerer) -> None:
        person = Person()
        talk(finder, person)
        opening = compose(Fallback(Query(""), Occasion.HELP), finder.knowledge)
        assert person.read[0] == told(plain().reply(opening, numbered=True))
        assert '"quit"' in person.read[1]

    def test_answers_line_by_line(self, finder: Answerer) -> None:
        first, second, _ = talk(finder, Person("What is an LLM?", "What is self-attention?"))
        assert "The answer of overview-llm." in first
        assert "The answer of architecture-attention." in second

    def test_a_number_picks_what_was_offered(self, finder: Answerer) -> None:
        _, picked, _ = talk(finder, Person("Which architecture do LLMs use?", "1"))
        assert "The answer of data-llm." in picked

    def test_a_number_of_nothing_is_a_question(self, finder: Answerer) -> None:
        _, answer, _ = talk(finder, Person("Which architecture do LLMs use?", "99"))
        assert "The answer of" not in answer

    def test_a_line_may_follow_up_on_the_answer_before_it(self, finder: Answerer) -> None:
        _, followed, _ = talk(
            finder, Person("Which architecture do LLMs use?", "and for generative AI?")
        )
        assert "The answer of architecture-generative-ai." in followed

    def test_empty_lines_are_passed_over(self, finder: Answerer) -> None:
        assert len(talk(finder, Person("", "  ", "What is an LLM?"))) == 2

    @pytest.mark.parametrize("goodbye", ["quit", "Exit", " bye "])
    def test_ends_with_a_goodbye(self, finder: Answerer, goodbye: str) -> None:
        assert talk(finder, Person(goodbye, "What is an LLM?")) == [""]

    def test_ends_with_ctrl_c(self, finder: Answerer) -> None:
        assert talk(finder, Person(end=KeyboardInterrupt)) == [""]


def wait_for_timers() -> None:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()


class TestPatience:
    @pytest.fixture
    def console(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], io.StringIO]:
        def seen(terminal: bool) -> io.StringIO:
            output = io.StringIO()
            made = Console(file=output, force_terminal=terminal)
            monkeypatch.setattr(screen, "Console", lambda **_: made)
            return output

        return seen

    def test_says_what_takes_long(
        self, console: Callable[[bool], io.StringIO], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(screen, "PATIENCE", 0)
        output = console(True)
        with patience("Checking"):
            wait_for_timers()
        assert "Checking…" in output.getvalue()

    def test_says_nothing_of_what_is_quick(self, console: Callable[[bool], io.StringIO]) -> None:
        output = console(True)
        with patience("Checking"):
            pass
        assert "Checking" not in output.getvalue()

    def test_says_nothing_into_a_pipe(
        self, console: Callable[[bool], io.StringIO], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(screen, "PATIENCE", 0)
        output = console(False)
        with patience("Checking"):
            wait_for_timers()
        assert output.getvalue() == ""
