"""A small FAQ as files, for tests that start where a host does: with a folder."""

from pathlib import Path

OVERVIEW = """\
title: "Overview"
summary: "What each one is"
entries:
  - id: overview-generative-ai
    subject: generative-ai
    question: "What is generative AI?"
    phrasings: ["explain generative AI", "define generative AI"]
    answer: |
      Generative AI **makes** new content.
  - id: overview-llm
    subject: llm
    question: "What is an LLM?"
    phrasings: ["explain LLMs", "define LLM"]
    answer: |
      An LLM works with text:

      - it reads,
      - it writes.
    related: [overview-both]
  - id: overview-both
    subject: both
    question: "How do generative AI and LLMs differ?"
    phrasings: ["generative AI versus LLMs", "difference between generative AI and LLMs"]
    answer: |
      One is a branch of the other.
"""

DATA = """\
title: "Data"
summary: "What each one learns from"
entries:
  - id: data-llm
    subject: llm
    question: "Which data do LLMs learn from?"
    phrasings: ["training text of LLMs", "what are LLMs trained on"]
    answer: |
      LLMs learn from text.
"""

VOCABULARY = """\
same:
  llm: ["llms", "large language model"]
asking: ["what", "which", "how"]
topic: ["llm", "generative ai"]
small_talk:
  greeting: ["hello"]
"""

BROKEN = OVERVIEW.replace("subject: llm", "subject: robots")
BROKEN_LINE = 11


def write_faq(folder: Path) -> Path:
    """Write it into `folder`, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("overview", OVERVIEW), ("vocabulary", VOCABULARY)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
