import json
import re
from html.parser import HTMLParser
from io import StringIO

from rich.console import Console

from bot.answering import Policy
from bot.exam.marking import Marked
from bot.exam.page import page
from bot.exam.summary import summarise
from bot.exam.tables import as_json, show
from tests.small_faq import FAQ
from tests.test_exam_summary import GAN, LLM, MIXED, NOTHING, answer, marked, row

HOSTILE = '<script>alert("x")</script> & [bold]no[/bold] \x1b[2J'
NASTY = (
    marked(row(LLM, ask=HOSTILE, kind="<b>kind</b>"), answer(GAN, 0.7)),
    marked(row(LLM, ask=HOSTILE), NOTHING),
)


class Balance(HTMLParser):
    """Checks that every element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def drawn(*rows: Marked) -> str:
    return page(summarise(rows, FAQ, Policy()), FAQ)


def shown(*rows: Marked) -> str:
    out = StringIO()
    show(summarise(rows, FAQ, Policy()), Console(file=out, highlight=False))
    return out.getvalue()


def test_the_page_tells_the_result_and_draws_it() -> None:
    text = drawn(*MIXED)
    assert "<b>28.6% right</b>" in text
    assert "would have answered 0 unasked, and 1 more when asked" in text
    assert text.count('class="plot"') == 2
    assert text.count('class="bar"') == len({LLM.dimension, GAN.dimension}) + 3
    assert "a gan?" in text


def test_the_page_is_complete_in_itself() -> None:
    text = drawn(*MIXED)
    assert "<script" not in text
    assert not re.search(r"(src|href|url)\s*[=(]", text)


def test_what_rows_say_is_text_on_the_page() -> None:
    text = drawn(*NASTY)
    assert "<script" not in text
    assert "<b>kind" not in text
    assert "&lt;script&gt;" in text


def test_every_drawing_says_in_words_what_it_shows() -> None:
    text = drawn(*MIXED)
    assert (
        text.count("<svg")
        == text.count('role="img"')
        == len(re.findall(r'aria-label="[^"]+"', text))
    )


def test_an_exam_without_answerable_rows_has_a_page_too() -> None:
    assert "By dimension" not in drawn(marked(row(kind="chatter"), NOTHING))
    assert "chatter" in drawn(marked(row(kind="chatter"), NOTHING))


def test_the_tables_tell_the_same() -> None:
    text = shown(*MIXED)
    assert re.search(r"all +7 +28\.6% +14\.3% +42\.9% +14\.3%", text)
    assert re.search(r"chatter +2 +50\.0% +50\.0% +0\.0%", text)
    assert re.search(rf"2 × +{LLM.id} +{GAN.id} +a gan\?", text)
    assert re.search(r"50% to 60% +3 +52% +0%", text)


def test_what_rows_say_is_text_in_the_tables() -> None:
    text = shown(*NASTY)
    assert "[bold]no[/bold]" in text
    assert "\x1b[2J" not in text


def test_the_json_has_all_figures_and_the_rows_that_failed() -> None:
    found = json.loads(as_json(summarise(MIXED, FAQ, Policy())))
    assert found["rows"] == 9
    assert found["total"]["right"] == 2
    assert found["confusions"][0] == {
        "expected": LLM.id,
        "answered": GAN.id,
        "count": 2,
        "example": "a gan?",
    }
    assert len(found["failed"]) == 5
    assert found["failed"][0] == {
        "ask": "a gan?",
        "expect": [LLM.id],
        "verdict": "wrong",
        "first": GAN.id,
        "confidence": 0.55,
        "file": "a.yaml",
        "line": 1,
    }


def test_the_page_is_well_formed() -> None:
    for rows in (MIXED, NASTY):
        balance = Balance()
        balance.feed(drawn(*rows))
        assert balance.open == []
        assert {"svg", "table", "details"} <= balance.seen
