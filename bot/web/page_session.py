"""Whose turn it is to speak on a page: only the stream of its latest press, or several would talk at once."""

import asyncio
from typing import Any, Self


class PageSession:
    """Of one open page. Gradio keeps a copy of the first one for each."""

    def __init__(self) -> None:
        self.placing = asyncio.Lock()
        """Held while an order is placed: the second half of a double click waits, and finds the first."""
        self.job = ""
        """What is followed here; "" when it is over."""
        self.wish: Any = None
        """What `job` was ordered with, where ordering it again would make the same thing again."""
        self._presses = 0

    def __deepcopy__(self, _: object) -> Self:
        return type(self)()

    @property
    def pressed(self) -> bool:
        """Whether anything was pressed yet."""
        return self._presses > 0

    def begin(self) -> int:
        """A press; from now on every earlier one is silent."""
        self._presses += 1
        return self._presses

    def passed(self, press: int) -> bool:
        """Whether somebody pressed since."""
        return press != self._presses

    def follows(self, job: str, wish: Any = None) -> None:
        """`job` was ordered."""
        self.job, self.wish = job, wish

    def over(self, job: str) -> None:
        """Nothing more is to be seen of `job`."""
        if self.job == job:
            self.follows("")
