"""From a score to sound: players, blocks, stems, master."""

from immersivaudio.music.rendering.render import Rendering, render

__all__ = ["Rendering", "render"]
