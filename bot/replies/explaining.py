"""Why a question got its outcome, as moderators read it in Discord."""

from bot.answering import Answer, Fallback, Suggestions
from bot.explaining import Explanation
from bot.matching.ranking import Ranking
from bot.replies.desk import quote

_DECISIONS = {
    Answer: "It is answered",
    Suggestions: "Suggestions are offered",
    Fallback: "It is not answered",
}
_NEAREST = 6  # wordings shown
_MOST_WORDS = 30


def explanation_text(explanation: Explanation) -> str:
    """How the question was read, what was like it, what may answer it, and what was decided."""
    query, ranking = explanation.outcome.query, explanation.ranking
    lines = [f"**Why {quote(query.text)} gets what it gets**"]
    if ranking.terms:
        lines += ["", _reading(ranking)]
    if explanation.outcome.candidates:  # small talk was not looked up
        lines += ["", "**The wordings most like it**", *_nearest(ranking)]
        lines += ["", "**What may answer it**", *_found(ranking)]
    lines += ["", f"**{_DECISIONS[type(explanation.outcome)]}.** {explanation.reason}"]
    return "\n".join(lines)


def _reading(ranking: Ranking) -> str:
    words = [
        f"{term.word} ({term.weight:.0%})" if term.weight else f"~~{term.said}~~"
        for term in ranking.terms[:_MOST_WORDS]
    ]
    more = " …" if len(ranking.terms) > _MOST_WORDS else ""
    named = ranking.named or "none"
    return f"**Read as** {' · '.join(map(_plain, words))}{more}\n**Subject named** {named}"


def _nearest(ranking: Ranking) -> list[str]:
    return [
        f"- {near.similarity:.0%} alike: {quote(near.wording.text)} of {quote(near.owner)}, "
        f"vote {near.vote:+.2f}"
        for near in ranking.neighbours[:_NEAREST]
    ]


def _found(ranking: Ranking) -> list[str]:
    lines = [
        f"- {found.confidence:.0%} sure: {quote(found.entry.id)}, {quote(found.entry.question)}"
        for found in ranking.candidates
    ]
    if outside := ranking.outside:
        lines.append(f"- {outside.confidence:.0%} sure: outside the FAQ, {quote(outside.topic)}")
    return lines


def _plain(word: str) -> str:
    """A word of which nothing counts as Markdown but the strokes around one that says nothing."""
    return word.replace("`", "'").replace("*", "").replace("_", " ").replace("|", " ")
