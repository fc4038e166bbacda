"""What a short reply to an answer refers to: "and for LLMs?", "challenges?", "what about both".

Such a reply has no question of its own: it takes the dimension and the subject of the answer that
it replies to, and changes one of them.
"""

from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.matching.lexicon import Phrases, Stems, stems, stems_of
from bot.matching.matcher import Matcher

CONNECTING = frozenset(
    stems(
        "and but or so what how about of for with in on the a an is are do does it its their they "
        "them one ones other side also then please same question now tell me show compared to"
    )
)
"""Words that join a reply to what it replies to, and add nothing themselves."""


class References:
    """Made once for a knowledge base; `resolve` is then a pure function."""

    def __init__(self, knowledge: KnowledgeBase, matcher: Matcher) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._subjects = Phrases(
            {Subject.BOTH: (("both",), *(stems(way) for way in ("the two", "side by side")))}
        )
        names = knowledge.vocabulary.dimensions
        self._dimensions = Phrases(
            {
                dimension.key: self._ways(
                    dimension.key, dimension.title, *names.get(dimension.key, ())
                )
                for dimension in knowledge.dimensions
            }
        )

    def _ways(self, *names: str) -> list[Stems]:
        return [
            way
            for name in names
            for way in (stems(name), stems_of(self._matcher.lexicon.terms(name)))
        ]

    def resolve(self, text: str, about: Entry) -> Entry | None:
        """The entry that a reply to the answer `about` refers to, where it refers to one."""
        terms = self._matcher.lexicon.terms(text)
        subject = self._matcher.subjects.named(terms)
        running = stems_of(terms)
        if self._subjects.names(running):
            subject = Subject.BOTH
        keys = self._dimensions.names(running)
        if len(keys) > 1 or not (keys or subject) or self._says_more(running):
            return None
        key = keys.pop() if keys else about.dimension
        dimension = self._knowledge.dimension(key)
        if dimension is None:
            return None
        return dimension.lead(subject or about.subject) or dimension.lead(Subject.BOTH)

    def _says_more(self, running: Stems) -> bool:
        """Whether anything is left besides subjects, dimensions and connecting words."""
        rest = self._subjects.rest(self._dimensions.rest(running))
        rest = self._matcher.subjects.without_names(rest)
        return any(word not in CONNECTING for word in rest)
