"""A small FAQ in memory, with all that the matcher knows how to use, and the means to make others.

Every wording stands on a line of its own, so that a test can tell whose place a problem names.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.answering import Answerer
from bot.knowledge.model import (
    Dimension,
    Entry,
    KnowledgeBase,
    OutsideTopic,
    Place,
    Subject,
    Vocabulary,
    Wording,
)
from bot.matching.matcher import Matcher


def make_wordings(texts: Iterable[str], file: str, line: int = 1) -> tuple[Wording, ...]:
    return tuple(Wording(text, Place(Path(file), line + at)) for at, text in enumerate(texts))


def make_entry(
    entry_id: str,
    subject: Subject,
    wordings: Sequence[str],
    *,
    counterexamples: Sequence[str] = (),
    related: tuple[str, ...] = (),
) -> Entry:
    """An entry of the dimension that its id begins with; its first wording is the question."""
    file = f"{entry_id}.yaml"
    return Entry(
        id=entry_id,
        dimension=entry_id.split("-", maxsplit=1)[0],
        subject=subject,
        question=wordings[0],
        answer=f"The answer of {entry_id}.",
        wordings=make_wordings(wordings, file),
        counterexamples=make_wordings(counterexamples, file, 1 + len(wordings)),
        related=related,
        place=Place(Path(file), 1),
    )


def make_faq(
    *entries: Entry,
    vocabulary: Vocabulary | None = None,
    outside: Mapping[str, Sequence[str]] | None = None,
) -> KnowledgeBase:
    """A knowledge base of `entries`, in dimensions in the order in which they first occur."""
    keys = dict.fromkeys(entry.dimension for entry in entries)
    return KnowledgeBase(
        dimensions=tuple(
            Dimension(
                key, key.title(), f"About {key}", tuple(e for e in entries if e.dimension == key)
            )
            for key in keys
        ),
        vocabulary=vocabulary or Vocabulary(),
        outside=tuple(
            OutsideTopic(topic, make_wordings(examples, "outside.yaml"))
            for topic, examples in (outside or {}).items()
        ),
    )


VOCABULARY = Vocabulary(
    same={
        "llm": ("llms", "large language model", "language model"),
        "generative ai": ("gen ai", "genai", "generative models"),
        "gan": ("generative adversarial network",),
        "hallucination": ("hallucinate", "make things up", "invent facts"),
    },
    subjects={Subject.LLM: ("llm",), Subject.GENERATIVE_AI: ("generative ai",)},
    dimensions={
        "overview": ("definition", "basics"),
        "architecture": ("networks", "how they are built"),
        "data": ("training data", "datasets"),
        "challenges": ("risks", "problems", "limits"),
    },
    fillers=("please", "hey", "so", "um", "i was wondering", "can you tell me", "tell me"),
    asking=("what", "which", "why", "how", "is there", "explain", "tell me about"),
    topic=("llm", "generative ai", "ai", "gan", "self attention", "hallucination"),
    personal=("do you think", "has anyone"),
    small_talk={
        "greeting": ("hello", "good morning", "hey there"),
        "thanks": ("thanks", "thank you very much"),
        "identity": ("are you an llm", "who are you"),
        "help": ("help", "what can you do"),
    },
)
OUTSIDE = {
    "running models on your own computer": (
        "how much VRAM do I need for a local model",
        "can I run a 70B model on my graphics card",
        "which quantization should I download",
        "why is Ollama slow on my laptop",
        "what hardware do I need at home",
    ),
    "jobs and careers": (
        "will AI take my job",
        "how do I become a machine learning engineer",
        "what salary does a prompt engineer earn",
    ),
}
OVERVIEW = (
    make_entry(
        "overview-generative-ai",
        Subject.GENERATIVE_AI,
        (
            "What is generative AI?",
            "definition of generative AI",
            "generative AI in a nutshell",
            "what does generative AI mean",
            "introduction to gen AI",
        ),
    ),
    make_entry(
        "overview-llm",
        Subject.LLM,
        (
            "What is an LLM?",
            "what does LLM stand for",
            "definition of a large language model",
            "LLMs in a nutshell",
            "introduction to language models",
        ),
    ),
    make_entry(
        "overview-both",
        Subject.BOTH,
        (
            "What is the difference between generative AI and LLMs?",
            "generative AI versus LLM",
            "compare generative AI with large language models",
            "are LLMs and gen AI the same thing",
            "how do LLMs relate to generative AI",
        ),
    ),
)
ARCHITECTURE = (
    make_entry(
        "architecture-generative-ai",
        Subject.GENERATIVE_AI,
        (
            "Which neural networks does generative AI use?",
            "architecture of generative AI",
            "what is gen AI built from",
            "types of networks behind generative AI",
            "technical design of generative AI",
        ),
        counterexamples=("how was the architecture of generative AI discovered",),
    ),
    make_entry(
        "architecture-llm",
        Subject.LLM,
        (
            "Which architecture do LLMs use?",
            "are LLMs transformers",
            "neural network behind a language model",
            "technical design of an LLM",
            "why do LLMs use the transformer",
        ),
        related=("architecture-attention", "gone-entry", "data-llm"),
    ),
    make_entry(
        "architecture-both",
        Subject.BOTH,
        (
            "How do their architectures differ?",
            "architecture of generative AI versus LLMs",
            "which networks do LLMs and generative AI use",
        ),
    ),
    make_entry(
        "architecture-attention",
        Subject.LLM,
        (
            "What is self-attention?",
            "how does the attention mechanism work",
            "explain self attention in transformers",
            "why does a transformer need attention",
        ),
    ),
    make_entry(
        "architecture-gan",
        Subject.GENERATIVE_AI,
        (
            "What is a GAN?",
            "how does a generative adversarial network work",
            "generator and discriminator explained",
            "adversarial training of two networks",
        ),
    ),
)
DATA = (
    make_entry(
        "data-generative-ai",
        Subject.GENERATIVE_AI,
        (
            "What data does generative AI learn from?",
            "training data of generative AI",
            "which pictures and sounds is gen AI trained on",
            "where do the datasets of generative AI come from",
        ),
    ),
    make_entry(
        "data-llm",
        Subject.LLM,
        (
            "What data do LLMs learn from?",
            "training data of LLMs",
            "which texts is a language model trained on",
            "where does the text corpus of an LLM come from",
        ),
    ),
    make_entry(
        "data-both",
        Subject.BOTH,
        (
            "How does their training data differ?",
            "training data of LLMs compared with generative AI",
            "do LLMs and generative AI learn from the same data",
        ),
    ),
)
CHALLENGES = (
    make_entry(
        "challenges-generative-ai",
        Subject.GENERATIVE_AI,
        (
            "What are the challenges of generative AI?",
            "risks of generative AI",
            "copyright problems of gen AI",
            "what are the downsides of generated pictures",
        ),
    ),
    make_entry(
        "challenges-llm",
        Subject.LLM,
        (
            "What are the challenges of LLMs?",
            "risks of large language models",
            "limits of LLMs",
            "what are the downsides of chatbots",
        ),
    ),
    make_entry(
        "challenges-hallucination",
        Subject.LLM,
        (
            "Why do LLMs hallucinate?",
            "what is a hallucination",
            "why does the chatbot invent facts",
            "can I trust what it says",
        ),
    ),
    make_entry(
        "challenges-overfitting",
        Subject.LLM,
        (
            "What is overfitting?",
            "does a model memorise its training examples",
            "why is memorising bad for a model",
        ),
        counterexamples=("what is underfitting",),
    ),
)
FAQ = make_faq(*OVERVIEW, *ARCHITECTURE, *DATA, *CHALLENGES, vocabulary=VOCABULARY, outside=OUTSIDE)
"""There is no challenges-both, so that one lead is missing."""


@cache
def small_answerer() -> Answerer:
    return Answerer.build(FAQ)


def small_matcher() -> Matcher:
    return small_answerer().matcher
