"""A summary as one page for the browser, complete in itself: no script, nothing to be fetched."""

from collections.abc import Iterator, Mapping
from html import escape

from bot.exam import plots
from bot.exam.marking import ANSWERABLE, UNANSWERABLE, Marked, Verdict
from bot.exam.plots import Part
from bot.exam.summary import Summary, Tally, share, size
from bot.knowledge.model import KnowledgeBase

MOST_FAILED = 500
_STYLES = {
    Verdict.RIGHT: "right",
    Verdict.SUGGESTED: "suggested",
    Verdict.WRONG: "wrong",
    Verdict.SILENT: "silent",
    Verdict.LEFT_ALONE: "right",
    Verdict.ANSWERED: "suggested",
    Verdict.UNASKED: "wrong",
}
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2129; --paper: #fff; --soft: #667; --rule: #d5d8de;
  --right: #2a8a57; --suggested: #8fc1a3; --wrong: #c8442f; --silent: #c9ccd4; --false: #b67a10 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --paper: #1a1c20; --soft: #9aa0ab;
  --rule: #3a3e46; --right: #4bb97f; --suggested: #2f6b4b; --wrong: #ef6a55; --silent: #4a4f59;
  --false: #e0a030 } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
p { max-width: 42rem } .soft, caption { color: var(--soft) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid var(--rule);
  white-space: nowrap } th:first-child, td:first-child, .text { text-align: left }
td.text { white-space: normal; overflow-wrap: anywhere; min-width: 9rem }
.bar { width: 10rem; height: 1rem; display: block }
.plots { display: flex; flex-wrap: wrap; gap: 2rem } .plots > div { flex: 1 1 18rem }
.plot { width: 100%; max-width: 24rem } .key span { white-space: nowrap; margin-right: 1rem }
.key i { display: inline-block; width: .9em; height: .9em; margin-right: .3em;
  vertical-align: -.1em }
rect.right, i.right { fill: var(--right); background: var(--right) }
rect.suggested, i.suggested { fill: var(--suggested); background: var(--suggested) }
rect.wrong, i.wrong { fill: var(--wrong); background: var(--wrong) }
rect.silent, i.silent { fill: var(--silent); background: var(--silent) }
i.false { background: var(--false) } .grid { stroke: var(--rule) }
.honest, .today { stroke: var(--soft); stroke-dasharray: 4 4 }
.dot { fill: var(--right); fill-opacity: .75 } .line { fill: none; stroke-width: 2.5 }
.line.right { stroke: var(--right) } .line.wrong { stroke: var(--wrong); stroke-dasharray: 7 3 }
.line.false { stroke: var(--false); stroke-dasharray: 2 3 }
text { fill: var(--soft); font-size: 12px } .axis, .mid { text-anchor: middle }
.end { text-anchor: end } summary { cursor: pointer; margin: .5rem 0 }
"""


def page(summary: Summary, knowledge: KnowledgeBase) -> str:
    """The page as HTML."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>How good is the FAQ bot?</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *_sections(summary, knowledge),
            "</body>\n</html>\n",
        )
    )


def _sections(summary: Summary, knowledge: KnowledgeBase) -> Iterator[str]:
    yield f"<h1>How good is the FAQ bot?</h1><p>{_opening(summary)}</p>"
    titles = {each.key: each.title for each in knowledge.dimensions}
    if summary.by_dimension:
        yield "<h2>By dimension</h2>"
        yield (
            "<p>Where much is silent or wrong, open that file and add phrasings in the words of "
            "the rows that failed (they are at the end of this page).</p>"
        )
        yield _tallies(summary.by_dimension, ANSWERABLE, titles)
    for sort, title in ((ANSWERABLE, "By kind of question"), (UNANSWERABLE, "What is not ours")):
        of_sort = {kind: t for kind, t in summary.by_kind.items() if size(t, sort[0])}
        if of_sort:
            yield f"<h2>{title}</h2>{_tallies(of_sort, sort, {})}"
    yield _honesty(summary)
    if summary.confusions:
        yield _confusions(summary)
    if summary.failed:
        yield _failed(summary)


def _opening(summary: Summary) -> str:
    total, answerable = summary.total, size(summary.total, Verdict.RIGHT)
    others = size(total, Verdict.UNASKED)
    parts = [f"{summary.rows:,} rows were put to the bot."]
    if answerable:
        parts.append(
            f"Of the {answerable:,} questions that the FAQ answers it answered "
            f"<b>{share(total, Verdict.RIGHT):.1%} right</b>, offered the right answer for "
            f"{share(total, Verdict.SUGGESTED):.1%}, and answered "
            f"<b>{share(total, Verdict.WRONG):.1%} wrong</b>."
        )
    if others:
        parts.append(
            f"Of the {others:,} messages that it should leave alone it would have answered "
            f"{total[Verdict.UNASKED]} unasked, and {total[Verdict.ANSWERED]} more when asked."
        )
    return " ".join(parts)


def _tallies(
    tallies: Mapping[str, Tally], verdicts: tuple[Verdict, ...], titles: Mapping[str, str]
) -> str:
    rows = "".join(
        f"<tr><td>{escape(titles.get(name, name))}</td>"
        f"<td>{size(tally, verdicts[0])}</td><td>{_bar(name, tally, verdicts)}</td>"
        + "".join(f"<td>{share(tally, verdict):.1%}</td>" for verdict in verdicts)
        + "</tr>"
        for name, tally in tallies.items()
    )
    heads = "".join(f"<th>{escape(each)}</th>" for each in ("", "rows", "", *verdicts))
    return f'{_key(verdicts)}<div class="scroll"><table><tr>{heads}</tr>{rows}</table></div>'


def _bar(name: str, tally: Tally, verdicts: tuple[Verdict, ...]) -> str:
    parts = [Part(share(tally, verdict), verdict, _STYLES[verdict]) for verdict in verdicts]
    return plots.bar(parts, name)


def _key(verdicts: tuple[Verdict, ...]) -> str:
    marks = "".join(f'<span><i class="{_STYLES[each]}"></i>{each}</span>' for each in verdicts)
    return f'<p class="key">{marks}</p>'


def _honesty(summary: Summary) -> str:
    return (
        '<div class="plots"><div><h2>Does it mean what it says?</h2>'
        f"{plots.reliability(summary.reliability)}<p>Each dot is a group of questions about which "
        "the bot was equally sure. On the dashed line it is right as often as it says; above the "
        "line it is too modest, below it too sure. On average the two differ by "
        f"{summary.calibration_error:.1%}.</p></div>"
        "<div><h2>What if it were bolder?</h2>"
        f"{plots.curve(summary.curve, summary.policy.answer)}"
        '<p class="key"><span><i class="right"></i>right</span><span><i class="wrong"></i>wrong '
        '(dashed)</span><span><i class="false"></i>answered though none fits (dotted)</span></p>'
        "<p>Going left, the bot answers more, and more of it wrongly. The threshold is good where "
        "the upper line is still high and the lower ones are near the ground.</p></div></div>"
    )


def _confusions(summary: Summary) -> str:
    rows = "".join(
        f'<tr><td>{each.count}</td><td class="text">{escape(each.expected)}</td>'
        f'<td class="text">{escape(each.answered)}</td>'
        f'<td class="text">{escape(each.example)}</td></tr>'
        for each in summary.confusions
    )
    return (
        "<h2>Taken for one another</h2><p>Two entries that are often confused need clearer "
        "boundaries: a phrasing more for the one, or a <code>not:</code> example for the other."
        '</p><div class="scroll"><table><tr><th>times</th><th class="text">expected</th>'
        '<th class="text">answered</th><th class="text">for example</th></tr>'
        f"{rows}</table></div>"
    )


def _failed(summary: Summary) -> str:
    shown = summary.failed[:MOST_FAILED]
    left = len(summary.failed) - len(shown)
    more = f'<p class="soft">and {left:,} more</p>' if left else ""
    return (
        f"<h2>Rows that failed</h2><details><summary>{len(summary.failed):,} rows</summary>"
        '<div class="scroll"><table><tr><th class="text">asked</th><th class="text">verdict</th>'
        '<th class="text">expected</th><th class="text">first candidate</th><th>sure</th></tr>'
        f"{''.join(map(_failed_row, shown))}</table></div>{more}</details>"
    )


def _failed_row(marked: Marked) -> str:
    cells = (
        marked.row.ask,
        marked.verdict,
        ", ".join(marked.row.expect) or "nothing",
        marked.first,
    )
    texts = "".join(f'<td class="text">{escape(cell)}</td>' for cell in cells)
    return f"<tr>{texts}<td>{marked.confidence:.0%}</td></tr>"
