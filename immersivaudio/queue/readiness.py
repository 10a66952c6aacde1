"""Whether a program can do its work, and what there is to say about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer of one check, or of several joined by `&`."""

    ready: bool
    notes: tuple[str, ...] = ()
    """Plain lines, fit for an operator: why not, or what to look after."""

    def __and__(self, other: "Readiness") -> "Readiness":
        return Readiness(self.ready and other.ready, self.notes + other.notes)
