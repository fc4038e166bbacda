"""From an outcome to the words that members read, free of any platform.

Every word that members read stands here or in the knowledge files; the adapters only draw it.
"""

from bot.replies.answers import (
    RELATED,
    answer_with,
    show_entry,
)
from bot.replies.apologies import changed, gone, trouble
from bot.replies.browsing import (
    LISTED,
    show_comparison,
    show_dimension,
    show_topics,
    subject_name,
)
from bot.replies.composing import act, compose
from bot.replies.fallbacks import show_help
from bot.replies.feedback import (
    hurried,
    not_yours,
    offer_others,
    regret,
    settled,
    thank,
    with_feedback,
    with_rating,
    with_sharing,
)
from bot.replies.shapes import (
    MOST_BUTTONS,
    Action,
    Button,
    Dismiss,
    Feedback,
    NoneOfThese,
    Rate,
    Reply,
    Share,
    Show,
    ShowDimension,
    ShowEntry,
    ShowTopics,
    clip,
)

__all__ = [
    "LISTED",
    "MOST_BUTTONS",
    "RELATED",
    "Action",
    "Button",
    "Dismiss",
    "Feedback",
    "NoneOfThese",
    "Rate",
    "Reply",
    "Share",
    "Show",
    "ShowDimension",
    "ShowEntry",
    "ShowTopics",
    "act",
    "answer_with",
    "changed",
    "clip",
    "compose",
    "gone",
    "hurried",
    "not_yours",
    "offer_others",
    "regret",
    "settled",
    "show_comparison",
    "show_dimension",
    "show_entry",
    "show_help",
    "show_topics",
    "subject_name",
    "thank",
    "trouble",
    "with_feedback",
    "with_rating",
    "with_sharing",
]
