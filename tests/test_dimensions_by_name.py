"""Whether the shipped FAQ finds each dimension by its names, however the question is framed.

The exam asks what people ask; here every frame meets every name, so that no cell of the comparison
(a dimension of one side, or of both) can only be reached by luck.
"""

from collections.abc import Iterator
from functools import cache
from itertools import permutations, product

import pytest

from bot.answering import Answer, Answerer, Query
from bot.knowledge.model import Subject
from tests.benchmarks.running import shipped

NAMES = {
    "purpose": ("purpose", "goals", "intended use"),
    "applications": ("applications", "application areas", "fields of use"),
    "operation": ("mechanism", "way of working", "training process"),
    "architecture": ("architecture", "network structure", "technical basis"),
    "data": ("training data", "dataset", "kind of data"),
    "content": ("output", "content", "results"),
    "scenarios": ("use cases", "usage scenarios", "situations"),
    "challenges": ("challenges", "risks", "limitations"),
}
SIDES = {
    Subject.LLM: ("LLMs", "an LLM", "large language models"),
    Subject.GENERATIVE_AI: ("generative AI", "gen AI", "generative models"),
}
ABOUT_ONE = (
    "what is the {name} of {one}",
    "{one} {name}",
    "{name} of {one}",
    "tell me about the {name} of {one}",
    "what {name} do {one} have",
    "which {name} does {one} have",
    "describe {name} for {one}",
    "what do I need to know about the {name} of {one}",
    "what does the {name} of {one} look like",
    "in terms of {name}, what about {one}",
    "are there {name} for {one}",
    "{one}: {name}?",
)
ABOUT_BOTH = (
    "{name}: {one} vs {other}",
    "compare {one} and {other} with respect to {name}",
    "in terms of {name}, how do {one} and {other} differ",
    "is the {name} of {one} different from the {name} of {other}",
    "difference in {name} between {one} and {other}",
    "how does the {name} of {one} compare to that of {other}",
    "do {one} have other {name} than {other}",
    "do {one} and {other} have the same {name}",
    "contrast the {name} of {one} and {other}",
    "explain the {name} of {one} as opposed to {other}",
    "how similar are {one} and {other} in their {name}",
    "what about {name}, are {one} and {other} alike",
)


@cache
def answerer() -> Answerer:
    return Answerer.build(shipped())


def about_one(subject: Subject) -> Iterator[tuple[str, str]]:
    """Each dimension, with a question about it for `subject`."""
    for dimension, names in NAMES.items():
        for name, one, frame in product(names, SIDES[subject], ABOUT_ONE):
            yield dimension, frame.format(name=name, one=one)


def about_both() -> Iterator[tuple[str, str]]:
    for dimension, names in NAMES.items():
        for name, pair, frame in product(names, zip(*SIDES.values(), strict=True), ABOUT_BOTH):
            for one, other in permutations(pair):
                yield dimension, frame.format(name=name, one=one, other=other)


LEAST_RIGHT = {Subject.LLM: 0.92, Subject.GENERATIVE_AI: 0.86, Subject.BOTH: 0.81}
"""The least share of the questions that the dimension itself answers, for the right subject."""
MOST_ASTRAY = 0.02
"""The largest share that gets an answer about another subject, or only the overview."""


@pytest.mark.parametrize("subject", Subject)
def test_each_dimension_is_found_by_its_names(subject: Subject) -> None:
    asked = list(about_both() if subject is Subject.BOTH else about_one(subject))
    right = 0
    astray: list[str] = []
    for dimension, question in asked:
        outcome = answerer().answer(Query(question))
        if not isinstance(outcome, Answer):
            continue
        entry = outcome.entry
        right += entry.subject is subject and entry.dimension == dimension
        if entry.subject is not subject or entry.dimension == "overview":
            astray.append(f"{question} -> {entry.id}")
    assert right / len(asked) >= LEAST_RIGHT[subject]
    assert len(astray) / len(asked) <= MOST_ASTRAY, "\n".join(astray)
