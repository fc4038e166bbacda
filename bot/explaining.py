"""Why a query got its outcome, for moderators."""

from dataclasses import dataclass

from bot.answering import Answer, Answerer, Fallback, Occasion, Outcome, Policy, Query, Suggestions
from bot.matching.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found, what was decided, and the reason in a sentence.

    `asks` is whether the text may be answered unasked at all.
    """

    outcome: Outcome
    ranking: Ranking
    asks: bool
    reason: str


def explain(answerer: Answerer, query: Query) -> Explanation:
    """The outcome of `query` with all that led to it."""
    outcome = answerer.answer(query)
    ranking = answerer.matcher.explain(answerer.passage(query.text))
    asks = answerer.gate.opens_for(query.text)
    return Explanation(outcome, ranking, asks, _reason(outcome, ranking, answerer.policy, asks))


def _reason(outcome: Outcome, ranking: Ranking, policy: Policy, asks: bool) -> str:
    """The decision in a sentence that a moderator understands."""
    best = f"The best candidate is {ranking.best:.0%} sure"
    match outcome:
        case Answer():
            return _answer_reason(best, outcome, policy, asks)
        case Suggestions() if ranking.best >= policy.answer:
            return "It fits an entry of either side and names neither, so both are offered."
        case Suggestions():
            return (
                f"{best}: less than the {policy.answer:.0%} that an answer needs, so it is only "
                "offered."
            )
        case Fallback(occasion=Occasion.OUTSIDE):
            return f"It is about {outcome.topic}, which this FAQ leaves to others."
        case Fallback(occasion=Occasion.UNSURE):
            return f"{best}: under {policy.suggest:.0%} nothing is offered."
        case Fallback():
            return f"It is no question, but small talk ({outcome.occasion})."


def _answer_reason(best: str, outcome: Answer, policy: Policy, asks: bool) -> str:
    if outcome.query.about is not None and outcome.confidence == 1.0:
        return "It asks for another side of the answer that it replies to."
    if asks and outcome.query.about is None and outcome.confidence >= policy.unprompted:
        return f"{best}; from {policy.unprompted:.0%} on it is answered unasked, too."
    if not asks:
        return (
            f"{best}. Unasked it stays silent: this is no question on the FAQ's subject, or one to "
            "the people around."
        )
    return f"{best}. Unasked it stays silent, as that needs {policy.unprompted:.0%}."
