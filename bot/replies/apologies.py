"""What members read where something went wrong, or is no longer there."""

from bot.replies.shapes import Reply, topics_button


def gone() -> Reply:
    """What someone sees who asked for something that was renamed or deleted meanwhile."""
    return Reply(
        "That is no longer in the FAQ; it may have been renamed. Here is what there is:",
        buttons=(topics_button(),),
    )


def changed() -> Reply:
    """What someone sees who used a command in a form that it no longer has."""
    return Reply(
        "That command has just changed. Please try again in a moment, or look through the topics.",
        buttons=(topics_button(),),
    )


def trouble() -> Reply:
    """What someone sees where the bot itself failed."""
    return Reply("Sorry, something went wrong on my side. Please try again in a moment.")
