"""Changes of the FAQ: what they make of the files, and what they would do to the answers."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering import Answerer
from bot.curating.changes import (
    AddWordings,
    Change,
    ConflictError,
    LeaveAlone,
    Put,
    PutBack,
    Remove,
    ReplaceFiles,
    files_of,
)
from bot.curating.examining import COMPETING, Clash, collisions, examine, knowledge_in
from bot.curating.misses import groups, likeliest
from bot.curating.telling import as_diff, patches_between
from bot.knowledge.editing import EditError
from bot.knowledge.entry_text import EntryText
from bot.knowledge.folder import EXAM
from bot.knowledge.layout import lines_of
from bot.knowledge.model import Entry, KnowledgeBase, Subject
from bot.knowledge.saving import Files
from tests.faq_files import BROKEN, DATA, OVERVIEW, VOCABULARY
from tests.small_faq import FAQ, make_entry, make_faq, small_answerer

FOLDER = Path("faq")
OVERVIEW_TOO = f"# On top.\n{OVERVIEW}\n\n# At the end, without a line end"
FILES: Files = {
    "overview.yaml": OVERVIEW_TOO.encode(),
    "data.yaml": DATA.replace("\n", "\r\n").encode(),
    "vocabulary.yaml": VOCABULARY.encode(),
}


def sound(files: Files) -> KnowledgeBase:
    """What `files` hold, where they are known to have no mistake."""
    knowledge = knowledge_in(FOLDER, files)
    assert knowledge is not None
    return knowledge


def entry(files: Files, id_: str) -> tuple[EntryText, str]:
    found = sound(files).entries[id_]
    return EntryText.of(found), found.dimension


def done(change: Change, files: Files = FILES) -> dict[str, bytes]:
    return {**files, **change.applied(files, FOLDER)}


def test_a_change_is_done_to_the_files_as_they_are_then() -> None:
    text, home = entry(FILES, "data-llm")
    change = Put(replace(text, answer="From books."), home, home, text.digest)
    other = {**FILES, "data.yaml": FILES["data.yaml"] + b"# more\r\n"}
    assert done(change, other)["data.yaml"] == other["data.yaml"].replace(
        b"LLMs learn from text.", b"From books."
    )
    theirs = {**FILES, "data.yaml": FILES["data.yaml"].replace(b"from text", b"from all")}
    with pytest.raises(ConflictError) as caught:
        done(change, theirs)
    assert caught.value.current
    assert caught.value.current.answer == "LLMs learn from all."
    gone = {**FILES}
    del gone["data.yaml"]
    with pytest.raises(EditError):
        done(change, gone)


def test_files_with_mistakes_are_left_alone() -> None:
    text, home = entry(FILES, "overview-llm")
    broken = {**FILES, "overview.yaml": BROKEN.encode()}
    for change in (
        Put(text, home, home, text.digest),
        Remove(text.id, home, text.digest),
        AddWordings(text.id, home, phrasings=("more",)),
    ):
        with pytest.raises(EditError, match="mistakes in it"):
            done(change, broken)


def test_an_entry_that_is_gone_gets_no_wordings() -> None:
    for id_, home in (("gone", "data"), ("data-llm", ""), ("data-llm", "gone")):
        with pytest.raises(ConflictError):
            done(AddWordings(id_, home, phrasings=("more",)))


def test_questions_for_silence_are_added_to_the_exam_once() -> None:
    first = done(LeaveAlone(('say "no": #1', "and this")))
    again = done(LeaveAlone(("and this", "and that")), first)
    assert again[EXAM].startswith(first[EXAM])
    assert again[EXAM].count(b"and this") == 1
    with pytest.raises(EditError, match="mistakes"):
        done(LeaveAlone(("x",)), {**FILES, EXAM: b"rows: ["})
    with pytest.raises(EditError, match="no list"):
        done(LeaveAlone(("x",)), {**FILES, EXAM: b"kind: x\n"})


def test_a_wording_that_was_surely_anothers_competes_and_one_that_leaves_goes_astray() -> None:
    current = small_answerer()
    entries = {each.id: each for each in FAQ.entries.values()}
    taking = entries["data-llm"]
    taken = (*taking.wordings, *make_entry("x-y", Subject.LLM, ["explain self-attention"]).wordings)
    changed = {**entries, "data-llm": replace(taking, wordings=taken)}
    (found,) = collisions(current, rebuilt(changed))
    assert found.clash is Clash.COMPETING
    assert found.wording.text == "explain self-attention"
    assert (found.entry.id, found.other and found.other.id) == (
        "data-llm",
        "architecture-attention",
    )
    assert found.confidence >= COMPETING
    losing = entries["overview-llm"]
    denied = make_entry("x-y", Subject.LLM, ["what does LLM stand for"]).wordings
    changed = {**entries, "overview-llm": replace(losing, counterexamples=denied)}
    (found,) = collisions(current, rebuilt(changed))
    assert found.clash is Clash.ASTRAY
    assert found.wording.text == "what does LLM stand for"
    assert found.entry.id == "overview-llm"
    assert not list(collisions(current, rebuilt(entries)))


def rebuilt(entries: Mapping[str, Entry]) -> Answerer:
    faq = make_faq(*entries.values(), vocabulary=FAQ.vocabulary)
    return Answerer.build(replace(faq, outside=FAQ.outside))


def test_an_examination_tells_only_what_the_change_brings() -> None:
    current = Answerer.build(sound(FILES))
    text, home = entry(FILES, "data-llm")
    unknown = Put(replace(text, related=("gone",)), home, home, text.digest)
    proposal = examine(FOLDER, FILES, done(unknown), current)
    assert proposal.answerer is None
    assert [each.place.file.name for each in proposal.problems] == ["data.yaml"]
    fine = examine(FOLDER, FILES, done(AddWordings("data-llm", "data", ("corpora",))), current)
    assert fine.answerer
    assert not fine.problems
    assert fine.answerer.knowledge.entries["data-llm"].wordings[-1].text == "corpora"


def test_a_diff_shows_what_was_and_what_is() -> None:
    patches = patches_between(FILES, done(AddWordings("data-llm", "data", ("corpora",))))
    assert as_diff(patches).splitlines() == [
        "@@ data.yaml, line 7 @@",
        "     subject: llm",
        '     question: "Which data do LLMs learn from?"',
        '-    phrasings: ["training text of LLMs", "what are LLMs trained on"]',
        "+    phrasings:",
        '+      - "training text of LLMs"',
        '+      - "what are LLMs trained on"',
        '+      - "corpora"',
        "     answer: |",
        "       LLMs learn from text.",
    ]


def test_questions_that_ask_the_same_are_one_group() -> None:
    asked = ("how do gans work", "is it raining", "how do GANs work?", "how does a gan work")
    found = groups(asked)
    assert [each.places for each in found] == [(0, 2, 3), (1,)]
    assert found[0].questions == ("how do gans work", "how does a gan work")
    assert groups(()) == ()
    best = likeliest(found[0].questions, small_answerer(), 3)
    assert best[0].entry.id == "architecture-gan"
    assert len({each.entry.id for each in best}) == len(best) <= 3


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(str.strip)
lists = st.lists(texts, max_size=3).map(tuple)
drawn_texts = st.builds(
    EntryText,
    id=st.sampled_from(["data-llm", "overview-llm", "overview-both", "new-one", "new-two"]),
    subject=st.sampled_from(Subject),
    question=texts,
    answer=texts,
    phrasings=lists,
    counterexamples=lists,
    related=st.lists(st.sampled_from(["data-llm", "overview-both"]), max_size=2).map(tuple),
)
homes = st.sampled_from(["overview", "data"])
deeds = st.one_of(
    st.tuples(st.just("put"), drawn_texts, homes),
    st.tuples(st.just("remove"), drawn_texts, homes),
    st.tuples(st.just("add"), drawn_texts, homes),
)


def made_of(deed: tuple[str, EntryText, str], files: Files) -> Change:
    """The change as a moderator would begin it with these files."""
    what, text, home = deed
    known = sound(files).entries.get(text.id)
    base = EntryText.of(known).digest if known else ""
    where = known.dimension if known else ""
    if what == "remove":
        return Remove(text.id, where or home, base)
    if what == "add":
        return AddWordings(text.id, where, text.phrasings, text.counterexamples)
    return Put(text, home, where, base)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(deeds, min_size=1, max_size=6))
def test_after_any_edits_the_files_are_sound_and_undoing_all_restores_every_byte(
    wanted: list[tuple[str, EntryText, str]],
) -> None:
    files: Files = FILES
    states, undo = [files], []
    for deed in wanted:
        try:
            after = done(made_of(deed, files), files)
        except (EditError, ConflictError):
            continue  # such as the only entry of a file
        if knowledge_in(FOLDER, after) is None:
            continue  # a phrasing that is there already: not saved
        _see_that_others_are_untouched(files, after, deed[1].id)
        undo.append(patches_between(files, after))
        files = after
        states.append(files)
    for patches in reversed(undo):
        states.pop()
        files = {
            **files,
            **PutBack([each.back for each in reversed(patches)]).applied(files, FOLDER),
        }
        assert files == states[-1]
    assert files == FILES


def _see_that_others_are_untouched(before: Files, after: Files, id_: str) -> None:
    """Every other entry reads as before, and so does every comment."""
    one, other = sound(before), sound(after)
    for known in one.entries.values():
        if known.id == id_:
            continue
        old, new = EntryText.of(known), EntryText.of(other.entries[known.id])
        gone = () if id_ in other.entries else (id_,)
        assert new == replace(old, related=tuple(each for each in old.related if each not in gone))
    for name, data in FILES.items():
        comments = [line for line in map(str.strip, lines_of(data.decode())) if line[:1] == "#"]
        kept = map(str.strip, lines_of(after[name].decode()))
        assert [line for line in kept if line in comments] == comments


def test_imported_files_take_the_place_of_those_that_were_looked_at(tmp_path: Path) -> None:
    change = ReplaceFiles({"data.yaml": FILES["data.yaml"]}, {"data.yaml": b"x"})
    assert done(change)["data.yaml"] == b"x"
    with pytest.raises(EditError, match="changed meanwhile"):
        done(change, {**FILES, "data.yaml": b"y"})
    (tmp_path / "data.yaml").write_bytes(b"x")
    assert files_of(tmp_path) == {"data.yaml": b"x"}
