"""What a program does with the API: submit, follow, fetch, go on, stop, forget."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from immersivaudio.chat.api import check_webhook
from immersivaudio.errors import UserError
from tests.integration.api.hooks import Hooks
from tests.integration.api.service import KEY, OTHER, ApiService, ended, sent
from tests.patience import PATIENCE

DOCS = Path(__file__).parents[3] / "docs" / "api.md"
JSON = {"Content-Type": "application/json"}


def test_a_clip_goes_in_and_its_files_come_out(api: ApiService) -> None:
    with api.client() as client:
        job = sent(client, b"a clip of mine" * 1000, mood="hopeful")
        last = ended(client, job)
        assert last["phase"] == "done"
        assert last == client.get(f"/v1/jobs/{job}").json()
        film = last["result"]["files"]["film"]
        whole = client.get(film["url"])
        assert (whole.status_code, len(whole.content)) == (200, film["bytes"])
        part = client.get(film["url"], headers={"Range": "bytes=2-5"})
        assert (part.status_code, part.content) == (206, whole.content[2:6])
        assert job in [each["job"] for each in client.get("/v1/jobs").json()["jobs"]]


def test_a_call_that_is_repeated_is_one_job(api: ApiService) -> None:
    headers = {"Content-Type": "video/mp4", "Idempotency-Key": "order-17"}
    with api.client() as client, api.client(OTHER) as other:
        first, second = (client.post("/v1/jobs", content=b"clip", headers=headers) for _ in range(2))
        assert (first.status_code, second.status_code) == (202, 200)
        assert first.json()["job"] == second.json()["job"]
        elsewhere = other.post("/v1/jobs", content=b"clip", headers=headers)
        assert elsewhere.json()["job"] != first.json()["job"], "a key is a client's own"


def test_an_earlier_job_is_remixed_taken_again_and_taken_apart(api: ApiService) -> None:
    with api.client() as client:
        job = sent(client)
        ended(client, job)
        for verb, body in (("remix", {"mood": "tense"}), ("takes", {}), ("stems", {}), ("export", {})):
            answer = client.post(f"/v1/jobs/{job}/{verb}", json=body)
            assert answer.status_code == 202, answer.text
            last = ended(client, answer.json()["job"])
            assert last["phase"] == "done", verb
            assert (verb if verb in {"stems", "export"} else "film") in last["result"]["files"]
        sheet = client.post(f"/v1/jobs/{job}/render", json={"sheet": '{"version": 1, "mood": "mine"}'})
        assert sheet.status_code == 202


def test_a_clip_is_described_alone_and_scored_by_an_editors_cuts(api: ApiService) -> None:
    with api.client() as client:
        job = sent(client, describe="true")
        told = ended(client, job)["result"]
        assert set(told["files"]) == {"description", "sheet"}
        assert [(shot["text"], shot["labels"]) for shot in told["shots"]] == [("a street", ["car"])]
        assert client.get(told["files"]["description"]["url"]).json() == {"scene": "a street at night"}
        answer = client.post(f"/v1/jobs/{job}/cuts", json={"ending": ".edl", "text": "TITLE: mine"})
        cut = ended(client, answer.json()["job"])["result"]
        assert (cut["scene"], "film" in cut["files"]) == ("cuts of 11 characters", True)
        odd = client.post(f"/v1/jobs/{job}/cuts", json={"ending": ".exe", "text": "TITLE: mine"})
        assert odd.status_code == 422


def test_a_clip_gets_music_like_a_song_and_may_be_a_loop(api: ApiService) -> None:
    audio = {"Content-Type": "audio/mpeg"}
    with api.client() as client, api.client(OTHER) as other:
        job = sent(client, loop="true")
        assert "loop True" in ended(client, job)["result"]["notes"][1]
        answer = client.post(f"/v1/jobs/{job}/like", content=b"a song", headers=audio)
        assert answer.status_code == 202, answer.text
        assert "like True, loop True" in ended(client, answer.json()["job"])["result"]["notes"][1]
        wrong = client.post(
            f"/v1/jobs/{job}/like", content=b"%PDF", headers={"Content-Type": "application/pdf"}
        )
        assert wrong.status_code == 415
        assert other.post(f"/v1/jobs/{job}/like", content=b"a song", headers=audio).status_code == 404


def test_a_job_is_stopped_and_forgotten(api: ApiService) -> None:
    with api.client() as client:
        job = sent(client, mood="slow 30")
        assert client.post(f"/v1/jobs/{job}/cancel").json()["phase"] in {"cancelled", "done"}
        assert client.delete(f"/v1/jobs/{job}").status_code == 204
        assert client.get(f"/v1/jobs/{job}").status_code == 404


def test_a_client_knows_nothing_of_anothers_jobs(api: ApiService) -> None:
    with api.client() as client, api.client(OTHER) as other:
        job = sent(client)
        ended(client, job)
        answers = [
            other.get(f"/v1/jobs/{job}"),
            other.get(f"/v1/jobs/{job}/events"),
            other.get(f"/v1/jobs/{job}/files/film"),
            other.post(f"/v1/jobs/{job}/remix", json={"mood": "x"}),
            other.post(f"/v1/jobs/{job}/cancel"),
            other.delete(f"/v1/jobs/{job}"),
        ]
        assert [answer.status_code for answer in answers] == [404] * len(answers)
        assert client.get(f"/v1/jobs/{job}").json()["phase"] == "done"


def test_a_hundred_calls_at_once_and_none_is_lost(api: ApiService) -> None:
    with api.client() as client, ThreadPoolExecutor(100) as pool:
        jobs = list(pool.map(lambda number: sent(client, f"clip {number}".encode()), range(100)))
        assert len(set(jobs)) == 100
        phases = list(pool.map(lambda job: ended(client, job)["phase"], jobs))
        assert phases == ["done"] * 100


def test_a_webhook_is_signed_tried_again_and_sent_nowhere_else(api: ApiService, hooks: Hooks) -> None:
    hooks.answers["/done"] = [500, 302]
    with api.client() as client:
        secret = client.get("/v1/me").json()["webhook_secret"]
        job = sent(client, webhook=f"{hooks.origin}/done")
        assert ended(client, job)["phase"] == "done", "the result does not wait for the call"
        calls = [hooks.calls.get(timeout=PATIENCE) for _ in range(3)]
    assert [call.path for call in calls] == ["/done"] * 3, "no redirect is followed"
    assert {call.headers["webhook-id"] for call in calls} == {job}
    for call in calls:
        check_webhook(secret, call.headers, call.body)
        assert json.loads(call.body) == {"type": "job.finished", "job": job, "state": "DELIVERED"}
        with pytest.raises(UserError, match="forged or was changed"):
            check_webhook(secret, call.headers, call.body.replace(b"DELIVERED", b"DEAD"))


@pytest.mark.slow
def test_the_examples_of_the_guide_run(api: ApiService, tmp_path: Path) -> None:
    blocks = [block.partition("```")[0] for block in DOCS.read_text("utf-8").split("```sh\n")[1:]]
    script = "set -eu\n" + "".join(f"{block}\necho\n" for block in blocks)
    (tmp_path / "clip.mp4").write_bytes(b"a clip" * 1000)
    environment = os.environ | {"API": api.url, "KEY": KEY}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "event: done" in done.stdout
    assert (tmp_path / "scored.mp4").stat().st_size > 0
    assert json.loads((tmp_path / "sheet.json").read_text())["version"] == 1
