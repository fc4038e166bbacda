"""Whether a message is one that the bot may answer without being asked to.

A message that nobody addressed to the bot must earn an answer twice: by what the matcher found,
and here, by being a question within the FAQ's subject. The words are the moderators'
(vocabulary.yaml: `asking`, `topic`); what follows from how Discord is written is here.
"""

import re

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


class Gate:
    """Made once for a knowledge base; `opens_for` is then a pure function of the text."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._asking = Phrases({"asking": map(stems, vocabulary.asking)})
        self._topic = Phrases(
            {"topic": (stems_of(lexicon.terms(name)) for name in vocabulary.topic)}
        )

    def opens_for(self, text: str) -> bool:
        """Whether `text` asks for something in the subject; quotes, code and commands do not."""
        if _QUOTE.match(text) or _CODE.search(text) or _COMMAND.match(text):
            return False
        if self._names_someone(text):
            return False
        running = stems(text)
        if not running or len(running) > MOST_WORDS:
            return False
        return self._is_on_topic(text) and self._asks(text)

    def _names_someone(self, text: str) -> bool:
        """Whether it begins with a name, as in "sam: what is an LLM": a word that is no word."""
        address = _ADDRESS.match(text)
        return address is not None and not all(map(self._lexicon.knows, words(address[1])))

    def _is_on_topic(self, text: str) -> bool:
        return bool(self._topic.found(stems_of(self._lexicon.terms(text))))

    def _asks(self, text: str) -> bool:
        return any(self.is_question(sentence) for sentence in sentences(prose(text)))

    def is_question(self, sentence: str) -> bool:
        """Whether one sentence ends in a question mark or opens as a question does."""
        if sentence.rstrip().endswith("?"):
            return True
        running = stems(sentence)
        terms = stems_of(self._lexicon.terms(sentence))
        return self._asking.open(running) or self._asking.open(terms)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, by their marks and line ends."""
    return tuple(found for found in map(str.strip, _SENTENCE.findall(text)) if found)
