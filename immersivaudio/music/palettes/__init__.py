"""Every palette, by name. A new file here is found by itself: it only has to define `PALETTE`."""

import importlib
import pkgutil
from types import MappingProxyType

from immersivaudio.music.palette import Palette


def _discover() -> dict[str, Palette]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}").PALETTE for name in names]
    return {palette.name: palette for palette in found}


PALETTES = MappingProxyType(_discover())
