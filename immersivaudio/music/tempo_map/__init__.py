"""When each beat falls: an elastic grid on which the chosen hit points lie exactly.

A single tempo cannot meet arbitrary cuts (within 20 ms of every cut in 1 % of random cut lists). So the
tempo may give: every stretch between two chosen hits holds a *whole* number of sixteenths, hence a gridded
hit has no error by construction, and `fit` chooses the numbers by dynamic programming. Sections begin on
downbeats; where their length is no whole number of bars, the last bar before the join is shorter or longer
by whole beats, as a film composer would write it. A hit that no sixteenth reaches at +-5 % becomes a free
accent, written exactly where it is.

A groove's grid is another (`steady`): its tempo and its bars stand, and cuts are met by the choice of tempo,
of where the first bar begins, and by what is played.

Limits: hits closer than about a sixteenth to each other cannot all be gridded; sections under two beats
long lose their downbeat.
"""

from immersivaudio.music.tempo_map.build_grid import lay_grid
from immersivaudio.music.tempo_map.choose import choose_tempo
from immersivaudio.music.tempo_map.grid import Bar, Grid, GridHit, GridSection
from immersivaudio.music.tempo_map.metre import SIXTEENTH, Metre
from immersivaudio.music.tempo_map.steady import SLACK

__all__ = ["SIXTEENTH", "SLACK", "Bar", "Grid", "GridHit", "GridSection", "Metre", "choose_tempo", "lay_grid"]
