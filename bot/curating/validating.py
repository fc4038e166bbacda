"""The one validator: what an editor, CI and moderators in Discord are told about the files."""

from dataclasses import dataclass
from pathlib import Path

from bot.answering import Answerer
from bot.knowledge.exam_rows import read_exam
from bot.knowledge.folder import EXAM, survey
from bot.knowledge.model import Problem, Severity
from bot.knowledge.reading import read
from bot.reviewing import review
from bot.weak_spots import weak_spots


@dataclass(frozen=True, slots=True)
class Checked:
    """All `problems`, the worst first, and how many `files` and `entries` were looked at."""

    problems: tuple[Problem, ...]
    files: int
    entries: int

    def number(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)


def validate(folder: Path) -> Checked:
    """Everything that is wrong in `folder`, or could be better. CPU-bound: seconds."""
    reading = read(folder)
    problems = list(reading.problems)
    entries = reading.knowledge.entries if reading.knowledge else {}
    if reading.knowledge is not None:
        answerer = Answerer.build(reading.knowledge)
        problems += [*review(answerer), *weak_spots(answerer)]
        if (folder / EXAM).exists():
            problems += read_exam([folder / EXAM], entries).problems
    order = list(Severity)
    problems.sort(key=lambda p: (order.index(p.severity), str(p.place.file), p.place.line))
    return Checked(tuple(problems), len(survey(folder)[0]), len(entries))
