"""A clip that is only looked at: no music is waited for, whatever the roles of the workers."""

from pathlib import Path

from immersivaudio.queue import Queue, State
from tests.integration.web.site import PARROT
from tests.integration.worker.service import Service, ended, send


def test_a_worker_that_only_looks_answers_alone(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        told = await ended(queue, await send(queue, "1", action="describe"))
        assert told.state is State.DELIVERED, told.failure
        assert told.result
        assert told.result.summary.scene == "a street at night"

    with Service(tmp_path, renderer=PARROT) as service:
        service.start("run", "--role", "analyse", name="analyse")
        service.start("deliver")
        service.run(story)
