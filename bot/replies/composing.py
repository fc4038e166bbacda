"""The two ways to a reply: from an outcome, and from a button."""

from typing import assert_never

from bot.answering import Answer, Fallback, Outcome, Suggestions
from bot.knowledge.model import KnowledgeBase
from bot.replies.answers import answer_with, show_entry
from bot.replies.browsing import show_dimension, show_topics
from bot.replies.fallbacks import fall_back, offer
from bot.replies.shapes import Reply, Show, ShowDimension, ShowEntry, ShowTopics


def compose(outcome: Outcome, knowledge: KnowledgeBase) -> Reply:
    """What someone who asked the bot reads."""
    match outcome:
        case Answer():
            return answer_with(outcome.entry, knowledge)
        case Suggestions():
            return offer(outcome)
        case Fallback():
            return fall_back(outcome, knowledge)
        case _:
            assert_never(outcome)


def act(action: Show, knowledge: KnowledgeBase) -> Reply:
    """What pressing a button shows by today's knowledge, however old the button is."""
    match action:
        case ShowEntry():
            return show_entry(action.id, knowledge)
        case ShowDimension():
            return show_dimension(action.key, action.subject, knowledge, start=action.start)
        case ShowTopics():
            return show_topics(knowledge)
        case _:
            assert_never(action)
