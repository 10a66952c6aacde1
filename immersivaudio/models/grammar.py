"""Answers of a given form: at every step only tokens that keep the answer valid may follow.

The form is a pydantic model; its JSON schema is followed by llguidance (MIT), which computes the tokens that
may come next while the model computes theirs. See docs/decisions/0269-answers-by-schema.md.
"""

from typing import Any

import numpy as np
from pydantic import BaseModel

from immersivaudio.errors import StageFailedError

_SPACING = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""As models write JSON; were spaces free, one might write nothing else."""


class JsonGrammar:
    """The vocabulary of one tokenizer, through which answers are led. Made once a model: it takes 1 s."""

    def __init__(self, tokenizer: Any) -> None:
        """`tokenizer` is a fast one of transformers."""
        from llguidance.hf import from_tokenizer

        self.end: int = tokenizer.eos_token_id
        self._vocabulary = from_tokenizer(tokenizer)

    def led(self, form: type[BaseModel], rows: int, start: int) -> "_LedAnswers":
        """Return a logits processor of `generate` for `rows` prompts of `start` tokens.

        Its state is that of one batch: make one for each call.
        """
        from llguidance import LLMatcher

        matchers = [LLMatcher(self._vocabulary, self.of(form)) for _ in range(rows)]
        return _LedAnswers(matchers, start, self.end)

    @staticmethod
    def of(form: type[BaseModel]) -> str:
        """Return llguidance's grammar of a form."""
        from llguidance import LLMatcher

        grammar: str = LLMatcher.grammar_from_json_schema(form.model_json_schema(), overrides=_SPACING)
        return grammar


class _LedAnswers:
    """Called by `generate` before each token, with all tokens so far and the logits of the next."""

    def __init__(self, matchers: list[Any], start: int, end: int) -> None:
        from llguidance import LLExecutor

        self._matchers, self._start, self._end = matchers, start, end
        self._executor = LLExecutor()

    def __call__(self, ids: Any, scores: Any) -> Any:
        import torch
        from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask_par

        if ids.shape[1] > self._start:
            for matcher, token in zip(self._matchers, ids[:, -1].tolist(), strict=True):
                if not matcher.is_stopped():
                    matcher.consume_token(token)
        bits = allocate_token_bitmask(*scores.shape)
        asked = [(one, row) for row, one in enumerate(self._matchers) if not one.is_stopped()]
        if asked:
            fill_next_token_bitmask_par(self._executor, asked, bits)
        allowed = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")[:, : scores.shape[1]] > 0
        for row, matcher in enumerate(self._matchers):
            if matcher.is_error():
                raise StageFailedError(f"an answer left its form: {matcher.get_error()[:80]}")
            if matcher.is_stopped():
                allowed[row] = False
                allowed[row, self._end] = True
        return scores.masked_fill(~torch.from_numpy(allowed).to(scores.device), -torch.inf)
