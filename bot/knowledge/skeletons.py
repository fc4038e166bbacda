"""What a new entry, or a new file, begins with: every field, and what it is for."""

_ENTRY = """\
  - id: {key}-
    # The entry's own short name: lower-case letters, digits, hyphens. Keep it once it is out.
    subject: both                # generative-ai, llm or both
    question: ""                 # as a member would ask it; up to 80 characters fit on a button
    phrasings:                   # other ways to ask it, as people type; eight or more are good
      - ""
    not: []                      # whole questions that sound alike and belong elsewhere
    # Let the first sentence answer the question. For more than one line write "answer: |", and the
    # answer below, two columns further in.
    answer: ""
    sources: []                  # keys of sources.yaml
    related: []                  # ids of other entries; the first three are buttons
"""
_FILE = """\
title: ""                        # what people read, such as "Energy"
summary: ""                      # the description of the slash command /{key}
entries:
"""


def entry_skeleton(key: str) -> str:
    """An entry of the dimension to be filled in; left as it is, `check` finds fault with it.

    It begins with a blank line: it is put below another.
    """
    return "\n" + _ENTRY.format(key=key)


def file_skeleton(key: str) -> str:
    """The file of a dimension with one entry, to be filled in."""
    return (_FILE + _ENTRY).format(key=key)
