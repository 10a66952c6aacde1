"""Which visitor has which page open: Gradio knows an open page by a name that the browser makes up."""

from collections import OrderedDict

_PER_VISITOR = 24
_TOTAL = 4_000


class OpenPages:
    """Names of open pages and their visitors; of too many, those that were quiet longest are forgotten."""

    def __init__(self, per_visitor: int = _PER_VISITOR, total: int = _TOTAL) -> None:
        self._per_visitor = per_visitor
        self._total = total
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._names: dict[str, OrderedDict[str, None]] = {}

    def belongs(self, name: str, visitor: str) -> bool:
        """Whether the page is this visitor's; a name that nobody has yet becomes theirs."""
        owner = self._owners.get(name)
        if owner is not None and owner != visitor:
            return False
        self._owners[name] = visitor
        self._owners.move_to_end(name)
        own = self._names.setdefault(visitor, OrderedDict())
        own[name] = None
        own.move_to_end(name)
        if len(own) > self._per_visitor:
            self._forget(next(iter(own)))
        elif len(self._owners) > self._total:
            self._forget(next(iter(self._owners)))
        return True

    def _forget(self, name: str) -> None:
        owner = self._owners.pop(name)
        own = self._names[owner]
        del own[name]
        if not own:
            del self._names[owner]
