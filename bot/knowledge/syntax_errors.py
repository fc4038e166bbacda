"""What YAML's syntax errors mean to someone who writes answers, not YAML.

The parser reports where it gave up and in its own terms; here each of its reports becomes the line
to look at, a plain sentence, and what to do.
"""

from pathlib import Path
from typing import cast

import yaml

from bot.knowledge.model import Place, Problem

QUOTE_IT = "put the whole text in double quotes"
LINE_UP = "start the line in the same column as the lines that it belongs with"

# the parser's words (a part of them) → (message, cure); the first row that fits counts
MEANINGS = (
    (
        "found unexpected end of stream",
        ("a quote is opened here and never closed", "close it with the same kind of quote"),
    ),
    (
        "found unexpected document indicator",
        ("a quote is opened here and not closed before ---", "close it, and remove the ---"),
    ),
    (
        "mapping values are not allowed",
        (
            "a colon where YAML expects none",
            'put text with a colon in double quotes; write fields as name: "text", lined up',
        ),
    ),
    (
        "could not find expected ':'",
        (
            "this line is neither a field nor an item of a list",
            "write a field as name: text, an item with a dash; indent an answer's lines",
        ),
    ),
    (
        "block sequence entries are not allowed",
        ("a list begins in the middle of a line", "put each dash on a line of its own"),
    ),
    (
        "found character that cannot start any token",
        (
            "text cannot begin with this character",
            f"{QUOTE_IT}; where it is a tab, indent with spaces",
        ),
    ),
    (
        "mapping keys are not allowed",
        ("text cannot begin with a question mark and a space", QUOTE_IT),
    ),
    (
        "alphabetic or numeric character",
        ("text cannot begin with & or *", QUOTE_IT),
    ),
    ("tag", ("text cannot begin with !", QUOTE_IT)),
    (
        "exceeded maximum nesting depth",
        ("far too many [ or { within one another", f"remove them, or {QUOTE_IT}"),
    ),
    ("found unexpected ':'", ("a colon where YAML expects none", QUOTE_IT)),
    ("found a tab character", ("a tab begins this line", "indent with spaces")),
    (
        "found unknown escape character",
        (
            "a backslash in double quotes begins an escape, and this one does not exist",
            "write two backslashes for one",
        ),
    ),
    (
        "hexdecimal number",  # the parser's own spelling
        ("an escape such as \\x41 with wrong digits", "write two backslashes for one"),
    ),
    (
        "invalid Unicode character escape",
        ("an escape that stands for no character", "write two backslashes for one"),
    ),
    (
        "did not find expected ',' or",
        ("a [ or { is opened here and not closed properly", f"close it, or {QUOTE_IT}"),
    ),
    (
        "did not find expected comment or line break",
        (
            "text behind | or >, which must end their line",
            f"begin the text on the next line, indented, or {QUOTE_IT}",
        ),
    ),
    (
        "did not find expected '-' indicator",
        ("this line does not belong to the list above it", f"begin it with a dash, or {LINE_UP}"),
    ),
    (
        "did not find expected key",
        (
            "this line does not line up with the fields above it",
            f"{LINE_UP}; indent an answer's lines",
        ),
    ),
    (
        "did not find expected node content",
        (
            "text cannot begin with this sign, nor a file end here",
            f"close the bracket, or {QUOTE_IT}",
        ),
    ),
    (
        "document start",
        ("text after the end of the document", "remove the line of dots above it"),
    ),
    (
        "directive",
        ("a line that begins with %", QUOTE_IT),
    ),
)
OTHERWISE = ("this is not valid YAML", QUOTE_IT)

# In these the place where the construct began is the line to mend, not where the parser gave up.
LOOK_BACK = (
    "while scanning a quoted scalar",
    "while scanning a simple key",
    "while parsing a flow sequence",
    "while parsing a flow mapping",
)


def span(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Where `event` begins and ends (lines from 0). The parser always says; its stubs doubt it."""
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


def explain(error: yaml.YAMLError, last: yaml.Event | None, text: str, file: Path) -> Problem:
    """The problem in `text` behind `error`; `last` is the last event before it."""
    reported = getattr(error, "problem_mark", None)
    line = reported.line if reported else 0
    if reported and last and (problem := _run_on(reported, last, file)):
        return problem
    context = getattr(error, "context_mark", None)
    if context and getattr(error, "context", None) in LOOK_BACK:
        line = context.line
    said = str(getattr(error, "problem", ""))
    message, cure = next((meaning for words, meaning in MEANINGS if words in said), OTHERWISE)
    # The parser counts a line more where the file ends without a line end.
    return Problem(Place(file, min(line, text.count("\n")) + 1), message, cure)


def _run_on(reported: yaml.Mark, last: yaml.Event, file: Path) -> Problem | None:
    """The problem where something in quotes or brackets ends before the error, on its line."""
    begin, end = span(last)
    quoted = isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"')
    bracketed = isinstance(last, yaml.CollectionEndEvent) and begin.index < end.index
    if not (quoted or bracketed) or end.line != reported.line or end.column > reported.column:
        return None
    if begin.line < end.line:
        # A forgotten quote: the text ran on to the quote that was to open the next one.
        message = f"the text in quotes that begins here only ends on line {end.line + 1}"
        return Problem(Place(file, begin.line + 1), message, "close it on its own line")
    message = f"there is text after the closing {'quote' if quoted else 'bracket'}"
    cure = r"""in double quotes write \" for a quote, in single quotes '' for one"""
    return Problem(Place(file, end.line + 1), message, cure if quoted else QUOTE_IT)
