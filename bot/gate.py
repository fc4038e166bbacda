"""Whether a message is one that the bot may answer without being asked to.

A message that nobody addressed to the bot must earn an answer twice: by what the matcher found,
and here, by being a question within the FAQ's subject. The words are the moderators'
(vocabulary.yaml: `asking`, `topic`, `personal`); what follows from how Discord is written is here.
"""

import re
from collections.abc import Sequence

from bot.knowledge.model import Vocabulary
from bot.matching.lexicon import Lexicon, Phrases, stems, stems_of
from bot.matching.text import prose, words

MOST_WORDS = 60
"""A longer message tells a story; its question is for the people who read it."""

_QUOTE = re.compile(r"\s*>")
_CODE = re.compile(r"```|`[^`]+`")
_COMMAND = re.compile(r"\s*[!./$%&?;+\-=~*#|][a-zA-Z]")
_ADDRESS = re.compile(r"\s*@?([^\W_]\w*)[:,]\s")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_TOLD = re.compile(r'["“”„«»][^"“”„«»\n]*["“”„«»]')
_YOURS = "your"
"""Before a word of the subject it makes the question one to the people in the channel."""


class Gate:
    """Made once for a knowledge base; `opens_for` is then a pure function of the text."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._asking = Phrases({"asking": map(stems, vocabulary.asking)})
        self._personal = Phrases({"personal": map(stems, vocabulary.personal)})
        self._topic = Phrases(
            {"topic": (stems_of(lexicon.terms(name)) for name in vocabulary.topic)}
        )

    def opens_for(self, text: str) -> bool:
        """Whether `text` asks for something in the subject; quotes, code and commands do not."""
        if _QUOTE.match(text) or _CODE.search(text) or _COMMAND.match(text):
            return False
        running = words(text)
        if len(running) > MOST_WORDS or not self._is_on_topic(running):
            return False
        return self._asks(text) and not self._is_for_others(text)

    def _is_for_others(self, text: str) -> bool:
        """Whether it asks people about themselves, or begins with a name ("sam: why LLMs")."""
        if self._personal.found(stems(text)):
            return True
        address = _ADDRESS.match(text)
        return address is not None and not all(map(self._lexicon.knows, words(address[1])))

    def _is_on_topic(self, running: Sequence[str]) -> bool:
        """Whether it has a word of the subject, and not as something that somebody has."""
        terms = self._lexicon.terms_of(running)
        found = self._topic.found(stems_of(terms))
        before = [terms[start - 1].said for start, _, _ in found if start]
        return bool(found) and _YOURS not in before

    def _asks(self, text: str) -> bool:
        """Whether a sentence asks. What is told between quotation marks does not."""
        typed = prose(text)
        own = _TOLD.sub(" ", typed)
        return any(map(self.is_question, sentences(own if words(own) else typed)))

    def is_question(self, sentence: str) -> bool:
        """Whether one sentence ends in a question mark or opens as a question does."""
        if sentence.rstrip().endswith("?"):
            return True
        if self._asking.open(stems(sentence)):
            return True
        return self._asking.open(stems_of(self._lexicon.terms(sentence)))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, by their marks and line ends."""
    return tuple(found for found in map(str.strip, _SENTENCE.findall(text)) if found)
