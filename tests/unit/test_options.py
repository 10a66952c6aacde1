"""An option is declared in one place, and every surface has it from there: see docs/adding-an-option.md."""

import asyncio
from dataclasses import fields
from importlib import import_module
from typing import Any

import pytest
import typer
import typer.main
from fastapi import FastAPI
from mcp.server import MCPServer

from bot.api.routes import ApiRoutes
from bot.mcp.tools import AgentTools
from immersivaudio.options import ScoreOptions, everywhere
from immersivaudio.queue import Address, JobRequest
from immersivaudio.share.apply import open_code
from tests.unit.share.test_code import ORDINARY, write
from worker.sandbox.tasks import RenderTask

OTHER: dict[str, Any] = {
    "mood": "calm", "seed": 5, "take": 2, "cue": 1, "last_cue": 2, "share": "IV-1", "sounds": True,
    "original": "keep", "length": 5.0, "music_gain_db": 1.0, "sounds_gain_db": 2.0, "original_gain_db": 3.0,
    "speech_gap_lu": 4.0, "max_bytes": 5, "stems": True, "explain": True, "parts": 2,
    "loop": True, "like": True,
}  # fmt: skip


@pytest.mark.parametrize("command", ["score", "export", "film"])
def test_every_command_that_scores_has_each_option(command: str) -> None:
    app = typer.Typer()
    import_module(f"immersivaudio.cli.{command}").register(app)
    assert set(everywhere()) <= {each.name for each in typer.main.get_command(app).params}


def test_the_api_has_each_option_with_its_bounds() -> None:
    api = FastAPI()
    api.include_router(ApiRoutes(None, None).router())  # type: ignore[arg-type] # only described
    query = api.openapi()["paths"]["/v1/jobs"]["post"]["parameters"]
    found = {each["name"]: each["schema"] for each in query}
    assert {*everywhere(), "length"} <= set(found)
    assert (found["take"]["minimum"], found["mood"]["maxLength"]) == (1, 1000)


def test_the_mcp_server_has_each_option() -> None:
    server = MCPServer("test")
    AgentTools(None, None).register(server)  # type: ignore[arg-type] # only described
    tools = {tool.name: tool for tool in asyncio.run(server.list_tools())}
    known = tools["score"].input_schema["properties"]
    assert {*everywhere(), "length"} <= set(known)
    assert "ctx" not in known


def test_each_option_travels_to_the_render_process() -> None:
    assert set(OTHER) == {each.name for each in fields(ScoreOptions)} - {"recipe"}, "add a value"
    options = ScoreOptions(**OTHER)
    request = JobRequest(platform="a", update="1", user="a:1", reply=Address(platform="a"), options=options)
    arrived = JobRequest.from_json(request.to_json()).options
    assert arrived == options
    task = RenderTask(folder="x", options=arrived)
    assert RenderTask.model_validate(task.plain()).options == options


def test_a_decoded_code_does_not_travel_and_none_is_taken_from_outside() -> None:
    opened = open_code(ScoreOptions(mood=write(ORDINARY)))
    assert opened.recipe == ORDINARY
    assert open_code(opened) is opened
    request = JobRequest(platform="a", update="1", user="a:1", reply=Address(platform="a"), options=opened)
    assert b"recipe" not in request.to_json()
    with pytest.raises(ValueError, match="recipe"):
        ScoreOptions.checked({"recipe": {"build": 1}})


def test_a_request_checks_options_however_they_were_made() -> None:
    for wrong in (ScoreOptions(mood="x" * 1001), ScoreOptions(take=0), ScoreOptions(length=0.5)):
        with pytest.raises(ValueError, match="validation error"):
            JobRequest(platform="a", update="1", user="a:1", reply=Address(platform="a"), options=wrong)
