"""audiocraft's MusicGen or AudioGen as an engine."""

from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import torch

from immersivaudio.models import loading
from immersivaudio.models.memory import in_halves
from immersivaudio.stages.generate.neural.engine import GeneratedPassage, Line, Sound, Told

DEBUG = "debug"
"""audiocraft's own tiny random models, for tests."""


class CraftVoice:
    """A model of audiocraft. Its sampling has one stream of chance for a batch, so a row depends on its
    neighbours."""

    def __init__(
        self, kind: str, path: Path | None, *, models: Path, device: str, batch: int, stage: str
    ) -> None:
        """`kind` is "MusicGen" or "AudioGen", `path` its folder, or None for the debug model.

        `models` is the folder of pulled models: audiocraft asks for its T5 by a bare name ("t5-base"), which
        transformers looks for where the process stands.
        """
        from audiocraft import models as kinds

        self._stage, self._batch = stage, batch
        where = path or Path(DEBUG)
        with loading.opening(where, stage=stage):
            name = DEBUG if path is None else str(path.absolute())
            with chdir(models if path else Path.cwd()):
                self._model: Any = getattr(kinds, kind).get_pretrained(name, device=device)
        self.rate: int = self._model.sample_rate
        self.longest = float(self._model.max_duration)
        self.follows = "self_wav" in self._model.lm.condition_provider.conditioners

    def play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> tuple[GeneratedPassage, ...]:
        """Make every line; half as many at a time if the memory does not hold them all."""
        whole = len(lines)

        def work(some: Sequence[Line]) -> Sequence[GeneratedPassage]:
            return self._play(some, seconds, lead, lambda share: told(share * len(some) / whole))

        return in_halves(work, lines, batch=self._batch, stage=self._stage)

    def _play(self, lines: Sequence[Line], seconds: float, lead: float, told: Told) -> list[GeneratedPassage]:
        model = self._model
        # Half a frame more, against what `int` cuts off inside.
        model.set_generation_params(duration=min(seconds + 0.5 / model.frame_rate, self.longest))
        model.set_custom_progress_callback(lambda done, all_: told(min(1.0, done / max(all_, 1))))
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(sum(line.seed * 31**place for place, line in enumerate(lines)) % 2**63)
            attributes = self._conditions(lines)
            tokens = model._generate_tokens(attributes, self._prompts(lines, lead), progress=True)
            sounds = model.generate_audio(tokens).float().cpu().numpy()
        rows = zip(lines, sounds, tokens, strict=True)
        return [self._cut(line, sound, token.cpu()) for line, sound, token in rows]

    def _cut(self, line: Line, sound: Sound, token: torch.Tensor) -> GeneratedPassage:
        if line.seconds is None:
            return GeneratedPassage(sound, token)
        count = max(1, round(line.seconds * self._model.frame_rate))
        return GeneratedPassage(
            sound[:, : round(count / self._model.frame_rate * self.rate)], token[:, :count]
        )

    def _conditions(self, lines: Sequence[Line]) -> Any:
        texts = [line.prompt for line in lines]
        tunes = [torch.from_numpy(line.melody.reshape(1, -1)) for line in lines if line.melody is not None]
        if self.follows and len(tunes) == len(lines):
            return self._model._prepare_tokens_and_attributes(texts, None, tunes)[0]
        return self._model._prepare_tokens_and_attributes(texts, None)[0]

    def _prompts(self, lines: Sequence[Line], lead: float) -> torch.Tensor | None:
        """Return the tokens to go on from, shape (rows, codebooks, frames of `lead`), or None at a
        beginning."""
        count = round(lead * self._model.frame_rate)
        if not count:
            return None
        ends = [line.after.codes[:, -count:] for line in lines if line.after is not None]
        return torch.stack(ends).to(self._model.device)
