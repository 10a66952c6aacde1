"""Buttons: small enough for every platform, and understood after any restart."""

import pytest

from immersivaudio.chat import buttons
from immersivaudio.chat.progress import line
from immersivaudio.i18n import CATALOGUES
from immersivaudio.queue import Address, JobRequest, ScoreOptions, Source, State, Status, Summary

JOB = "0123456789abcdef01234567"


def request(**fields: object) -> JobRequest:
    return JobRequest(
        platform="telegram", update="1", user="telegram:1", reply=Address(platform="telegram"), **fields
    )


def test_what_is_written_is_read_and_fits() -> None:
    told = Summary(prompt="strings", sections=4)
    for rows in (buttons.under_result(request(), told, prompt=True), buttons.under_progress()):
        for button in (button for row in rows for button in row):
            data = button.data(JOB)
            assert len(data.encode()) <= buttons.LIMIT
            assert buttons.read(data) == (button.verb, JOB)
            assert button.label in CATALOGUES["en"]


@pytest.mark.parametrize(
    "data", ["", "take", "take:", f"take:{JOB}0", f"drop:{JOB}", f"take:{JOB}\n", f"take:{JOB.upper()}"]
)
def test_what_nobody_wrote_is_not_read(data: str) -> None:
    assert buttons.read(data) is None


def test_rows_offer_what_makes_sense() -> None:
    def verbs(asked: JobRequest, **known: object) -> set[str]:
        return {button.verb for row in buttons.under_result(asked, Summary(**known)) for button in row}

    assert "speech" not in verbs(request(source=Source(kind="photo")))
    assert "speech" in verbs(request())
    assert "speech" not in verbs(request(), speech=False), "nobody to bring out"
    assert "quiet" in verbs(request(options=ScoreOptions(sounds=True)))
    assert verbs(request(action="stems")) == {"delete"}
    assert verbs(request(action="export")) == {"delete"}
    assert "export" in verbs(request())
    assert "export" not in verbs(request(source=Source(kind="photo"))), "no timeline"
    assert "section" in verbs(request(), sections=3)
    assert "section" not in verbs(request(), sections=1), "nothing to choose from"


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_every_state_can_be_said(locale: str) -> None:
    lines = {line(locale, Status(JOB, state, stage="generate", done=0.42, position=3)) for state in State}
    assert len(lines) >= 8
    assert all("{" not in said for said in lines)


def test_progress_speaks_of_stages_it_does_not_know() -> None:
    assert line("en", Status(JOB, State.RUNNING, stage="quantum", done=0.5)) == "Working… 50 %"
    assert line("en", Status(JOB, State.RUNNING, stage="generate", done=0.5)) == "Composing… 50 %"
    assert line("en", Status(JOB, State.RUNNING, stage="generate", done=0.04)) == "Composing…"
    assert line("en", Status(JOB, State.RUNNING)) == "Working…"


def test_a_place_in_line_is_said_as_people_say_it() -> None:
    assert line("en", Status(JOB, State.QUEUED, position=1)) == "You are next."
    assert line("en", Status(JOB, State.QUEUED, position=4, before=6)) == "In line: number 4."
    assert "fewer clips" in line("en", Status(JOB, State.QUEUED, position=6, before=4)), "why it rose"


def test_a_clip_that_waits_for_space_is_not_told_to_be_next() -> None:
    said = line("en", Status(JOB, State.QUEUED, position=1, put_off=True))
    assert said.startswith("There is no room on our machine")
