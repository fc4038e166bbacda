"""Which side of the comparison a text names, and how well an entry agrees with it.

"What data do LLMs learn from" and "what data does generative AI learn from" differ in one word, and
that word decides.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.model import Subject
from bot.matching.lexicon import Lexicon, Phrases, Stems, Term, stems_of

OTHER_SIDE = 0.3
ONE_OF_BOTH = 0.8


class Subjects:
    """The words that name each subject (vocabulary.yaml)."""

    def __init__(self, names: Mapping[Subject, Iterable[str]], lexicon: Lexicon) -> None:
        self._phrases = Phrases(
            {
                subject: [stems_of(lexicon.terms(name)) for name in ways]
                for subject, ways in names.items()
            }
        )

    def named(self, terms: Sequence[Term]) -> Subject | None:
        """The subject that `terms` name; both where both are; None where neither is."""
        found = self._phrases.names(stems_of(terms))
        if not found:
            return None
        return Subject(found.pop()) if len(found) == 1 else Subject.BOTH

    def without_names(self, running: Stems) -> Stems:
        """`running` without the words that name a subject."""
        return self._phrases.rest(running)


def opposed(one: Subject | None, other: Subject | None) -> bool:
    """Whether the one is on the other side of the comparison than the other."""
    return {one, other} == {Subject.GENERATIVE_AI, Subject.LLM}


def agreement(named: Subject | None, subject: Subject) -> float:
    """What an entry's score is multiplied by (0 to 1) when a query names a subject."""
    if named is None or named is subject:
        return 1.0
    return OTHER_SIDE if opposed(named, subject) else ONE_OF_BOTH
