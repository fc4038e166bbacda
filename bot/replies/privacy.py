"""What members read about what the bot keeps."""


def privacy_text(misses_kept: int) -> str:
    """What is kept, why, and how long; `misses_kept` is in days, 0 for not at all."""
    missed = (
        "\n- Questions that I had no good answer to, so that moderators can add one: without who "
        f"asked, and without mentions, links, e-mail addresses and numbers. {misses_kept} days."
        if misses_kept
        else ""
    )
    return (
        "**What I keep**\n"
        "I do not keep your messages or your name. I read a question, answer it from the "
        "FAQ, and forget it. What I do keep:\n"
        "- How often each entry was the answer in a channel, so that moderators see what the FAQ "
        "lacks. 90 days.\n"
        "- Your votes (Helpful, Not quite): the entry and the day, under a number that is made "
        "from your id with a secret key, so that you have one vote and can change it. 90 days.\n"
        "- Which reply of mine belongs to which question, by the numbers of the two messages, so "
        f"that my reply goes when you delete your question. 7 days.{missed}\n"
        "- If you edit the FAQ as a moderator: what you changed, when, and your id.\n"
        "When I am removed from a server, all of it is deleted.\n"
        "`/privacy mine:` exports or deletes what is kept of you. The people who host me answer "
        "your questions."
    )


def exported(votes: int, edits: int) -> str:
    """What comes with an export of so many votes and edits of the FAQ."""
    if not votes and not edits:
        return "Nothing is kept of you."
    return f"This is all that is kept of you: {_listed(votes, edits)}."


def deleted(votes: int, edits: int) -> str:
    """What somebody reads of whom so many votes were deleted, and whose edits are nobody's now."""
    if not votes and not edits:
        return "Nothing was kept of you."
    return f"Deleted: {_listed(votes, edits)}. Nothing is kept of you now."


def _listed(votes: int, edits: int) -> str:
    parts = [f"{votes} vote{'' if votes == 1 else 's'}"] if votes else []
    parts += [f"your name on {edits} edit{'' if edits == 1 else 's'} of the FAQ"] if edits else []
    return " and ".join(parts)
