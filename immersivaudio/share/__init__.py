"""Share codes: a short string from which the same build renders the same soundtrack for the same clip.

code, rest = find("IV-3M8T0-… darker")   # the code in a user's text, and the rest of it
recipe = read(code)                       # raises BadShareError, NewerShareError
text = write(recipe)

This front door is pure and light, for the frontends, and so is `apply` (a code becomes options). `encode`
(a sheet becomes a code), `fingerprint` and `build` are for the pipeline and the enhancer.
"""

from immersivaudio.recipe import Changed, Mix, Recipe
from immersivaudio.share.errors import BadShareError, NewerShareError
from immersivaudio.share.text import find, read, write

__all__ = ["BadShareError", "Changed", "Mix", "NewerShareError", "Recipe", "find", "read", "write"]
