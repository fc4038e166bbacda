"""YAML without its surprises: all text stays text, and what nobody can have meant is a problem.

Works on the parser's events instead of loading: they carry lines and quoting, nothing is expanded
or converted, nothing recurses, and time and memory stay in proportion to the file. What `yaml.load`
does in silence (a text cut at a #, `yes` turned into true, the first of two equal keys dropped) is
told with its line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.resolver import Resolver

from bot.knowledge.decoding import HIDDEN, MOST_PROBLEMS, decoded
from bot.knowledge.model import Place, Problem, Severity
from bot.knowledge.syntax_errors import QUOTE_IT, explain, span
from bot.knowledge.telling import named, shown

DEEPEST = 20  # levels of lists and fields within one another; the knowledge files need five

# Fields whose values are single words: a comment behind one cuts no text off.
NAMES = frozenset({"id", "subject", "sources", "related"})

# What a plain text is turned into, by the tag that YAML 1.1 gives it…
CONVERSIONS = {
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:value": "a special sign",
    "tag:yaml.org,2002:merge": "a special sign",
}
# … and the numbers that only YAML 1.2 sees, with which editors and other tools read the file.
NUMBER_1_2 = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+")
COMMENT = re.compile(r"[ \t]+#")

_RESOLVER: Any = Resolver()  # untyped in its stubs
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's where there is one: 20 × faster


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a file and the line it starts on (from 1).

    `value` is text, None where nothing is written, or a list or dict of such values; `items` and
    `fields` hold the nodes of its parts, `key_lines` the lines of a dict's keys.
    """

    line: int
    value: object
    items: tuple["Node", ...] = ()
    fields: Mapping[str, "Node"] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, *path: int | str) -> int:
        """The line of the part at `path`, or of the last part on the way that exists."""
        node, line = self, self.line
        for step in path:
            if isinstance(step, str) and step in node.fields:
                line, node = node.key_lines[step], node.fields[step]
            elif isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                line = node.line
            else:
                break
        return line


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, None where it cannot be read at all, and what is wrong with it."""

    root: Node | None
    problems: tuple[Problem, ...]


def parse(data: bytes, file: Path) -> Document:
    """Read `data` strictly; `file` is named in the problems. Never raises, whatever the bytes."""
    text = decoded(data, file)
    if not isinstance(text, str):
        return Document(None, text)
    builder = _Builder(text, file)
    try:
        root = builder.build()
    except yaml.YAMLError as error:
        root = None
        builder.problems.append(explain(error, builder.last, text, file))
    return Document(root, tuple(builder.problems))


@dataclass(slots=True)
class _OpenList:
    """A list whose end has not come yet. `name` is that of the field it stands in."""

    line: int
    name: str
    items: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        return Node(self.line, [item.value for item in self.items], items=tuple(self.items))


@dataclass(slots=True)
class _OpenFields:
    """Fields whose end has not come yet. `name` is that of the field whose value comes next."""

    line: int
    name: str = ""
    awaits_key: bool = True
    refused: bool = False  # the key cannot be used: its value is dropped
    fields: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    def closed(self) -> Node:
        values = {name: node.value for name, node in self.fields.items()}
        return Node(self.line, values, fields=self.fields, key_lines=self.key_lines)


class _Builder:
    """Puts the nodes together while the events come, collecting problems."""

    def __init__(self, text: str, file: Path) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.last: yaml.Event | None = None
        self.open: list[_OpenList | _OpenFields] = []
        self.root: Node | None = None

    def build(self) -> Node | None:
        """The root; None where a limit is passed. Raises YAMLError on wrong syntax."""
        for event in yaml.parse(self.text, Loader=LOADER):
            line = span(event)[0].line + 1
            match event:
                case yaml.ScalarEvent():
                    self.add(self.scalar(event, line))
                case yaml.SequenceStartEvent():
                    self.refuse_properties(event, line)
                    self.open.append(_OpenList(line, self.name))
                case yaml.MappingStartEvent():
                    self.refuse_properties(event, line)
                    self.open.append(_OpenFields(line))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.add(self.open.pop().closed())
                case yaml.AliasEvent():
                    self.tell(line, f"{named(f'*{event.anchor}')} is read as a reference", QUOTE_IT)
                    self.add(Node(line, f"*{event.anchor}"))
                case yaml.DocumentStartEvent() if self.root:
                    self.tell(line, "a second document begins here", "remove the line of dashes")
                    return self.root
            if self.beyond_limits(line):
                return None
            self.last = event
        return self.root or Node(1, None)

    def beyond_limits(self, line: int) -> bool:
        """Whether the file is too deep or too wrong to go on with."""
        if len(self.open) > DEEPEST:
            self.tell(line, f"more than {DEEPEST} levels of nesting", QUOTE_IT)
        elif len(self.problems) > MOST_PROBLEMS:
            self.tell(line, "too many problems to go on", "mend those above first")
        else:
            return False
        return True

    @property
    def name(self) -> str:
        """The field that the next value stands in."""
        return self.open[-1].name if self.open else ""

    def tell(self, line: int, message: str, cure: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(Place(self.file, line), message, cure, severity))

    def add(self, node: Node) -> None:
        """Put a finished value where it belongs."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, _OpenList):
            parent.items.append(node)
        elif parent.awaits_key:
            parent.refused = not self.take_key(parent, node)
            parent.awaits_key = False
        else:
            if not parent.refused:
                parent.fields[parent.name] = node
            parent.awaits_key = True

    def take_key(self, parent: _OpenFields, node: Node) -> bool:
        """Begin a field; False where its name cannot be one."""
        match node.value:
            case str(name) if name in parent.key_lines:
                message = f"{named(name)} is here twice, first on line {parent.key_lines[name]}"
                self.tell(node.line, message, "keep one of the two")
            case "<<":
                pass  # told as a conversion already
            case str(name):
                parent.name = name
                parent.key_lines[name] = node.line
                return True
            case None:
                self.tell(node.line, "nothing stands before the colon", QUOTE_IT)
            case _:
                self.tell(node.line, "brackets before a colon: no name of a field", QUOTE_IT)
        return False

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Node:
        tagged = self.refuse_properties(event, line)
        value: str = event.value
        if event.style == '"' and (found := HIDDEN.search(value)):
            message = f"an escape makes an invisible character, U+{ord(found[0]):04X}"
            self.tell(line, message, "delete the escape, or write two backslashes for one")
        if event.style or tagged:
            return Node(line, value)
        if not value:
            return Node(line, None)
        self.check_plain(event, value, line)
        return Node(line, value)

    def check_plain(self, event: yaml.ScalarEvent, value: str, line: int) -> None:
        """Text without quotes is fine unless YAML cuts, converts or joins it."""
        tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
        if meant := CONVERSIONS.get(tag) or (NUMBER_1_2.fullmatch(value) and "a number"):
            cure = f"put it in double quotes: {shown(value)}"
            self.tell(line, f"{named(value)} is read as {meant}, not as text", cure)
        _, end = span(event)
        if self.name not in NAMES and COMMENT.match(self.text, end.index):
            message = f"the text is cut off at the #, to {shown(value)}"
            self.tell(line, message, QUOTE_IT)
        if end.line >= line and self.open and isinstance(self.open[-1], _OpenList):
            message = "an item goes on over several lines, which become one"
            cure = "begin each item with a dash; put a long one in double quotes"
            self.tell(line, message, cure, Severity.WARNING)

    def refuse_properties(self, event: yaml.NodeEvent, line: int) -> bool:
        """Tell of an anchor or a tag; whether there is a tag."""
        tag = getattr(event, "tag", None)
        for sign, name, kind in (("&", event.anchor, "an anchor"), ("!", tag, "a tag")):
            if name is not None:
                label = sign + str(name).removeprefix("!")
                self.tell(line, f"{named(label)} is read as {kind}", QUOTE_IT)
        return tag is not None
