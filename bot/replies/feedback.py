"""What members can say about a reply, and what they read then."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answering import Answer, Outcome
from bot.knowledge.model import Entry
from bot.replies.shapes import Button, Dismiss, Feedback, NoneOfThese, Rate, Reply, Share, ShowEntry

OTHERS = 3
"""Entries that are offered to somebody whom the answer did not help."""


def with_feedback(reply: Reply, outcome: Outcome) -> Reply:
    """The reply to a message: it can be dismissed, and an answer be rated."""
    return _dismissible(with_rating(reply, outcome))


def with_rating(reply: Reply, outcome: Outcome) -> Reply:
    """The reply, which can be rated where it is an answer."""
    if not isinstance(outcome, Answer):
        return reply
    others = tuple(each.entry.id for each in outcome.candidates[1 : 1 + OTHERS])
    return _rated(reply, outcome.entry.id, others)


def settled(reply: Reply) -> Reply:
    """The reply that takes the place of an offer: the same can be said about it as about any."""
    return _dismissible(_rated(reply, reply.entry) if reply.entry else reply)


def _rated(reply: Reply, id_: str, others: tuple[str, ...] = ()) -> Reply:
    rating = (
        Feedback("Helpful", Rate(id_, helpful=True)),
        Feedback("Not quite", Rate(id_, helpful=False, others=others)),
    )
    return replace(reply, feedback=rating)


def _dismissible(reply: Reply) -> Reply:
    return replace(reply, feedback=(*reply.feedback, Feedback("Dismiss", Dismiss())))


def with_sharing(reply: Reply) -> Reply:
    """The reply to one member, who can show it to everybody where it is an answer."""
    if reply.entry is None:
        return reply
    return replace(reply, feedback=(Feedback("Show to everyone", Share(reply.entry)),))


def thank() -> Reply:
    """What somebody reads who rated an answer."""
    return Reply("Thank you, that helps to make the FAQ better.")


def offer_others(id_: str, others: Iterable[Entry]) -> Reply:
    """What the asker reads whom the answer with the entry `id_` did not help."""
    offered = tuple(Button(entry.question, ShowEntry(entry.id)) for entry in others)
    if not offered:
        return Reply(
            "Sorry that it was not what you meant. I have noted it. You can ask again in other "
            "words."
        )
    return Reply(
        "Sorry that it was not what you meant. Was it one of these?",
        buttons=offered,
        feedback=(Feedback("None of these", NoneOfThese(id_)),),
    )


def regret() -> Reply:
    """What somebody reads who meant nothing of what was offered."""
    return Reply(
        "Thank you, I have noted that the FAQ has no good answer here. You can ask again in other "
        "words, or ask the people in this channel."
    )


def not_yours() -> Reply:
    """What somebody reads who may not dismiss a reply."""
    return Reply("Only the one who asked, or somebody who may manage messages, can remove this.")


def hurried() -> Reply:
    """What a member reads who asks faster than anybody can read."""
    return Reply("That was a lot at once. Please give me a minute, then ask again.")
