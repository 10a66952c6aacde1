"""README.txt of an export: which file is for which program."""

from immersivaudio.export.timeline import EditTimeline
from immersivaudio.values import ScoredClip

_TEXT = """{name}: the film, its music, and timelines to go on from

{rate} pictures a second, {shown}; the first picture is {start}.
{tempo:.0f} beats a minute, {metre}, {key}; seed {seed}, take {take}; music by {backend}.

DaVinci Resolve     File > Import > Timeline: {name}.xml (or {name}.otio).
                    Markers alone: Timelines > Import > Timeline Markers from EDL: {name}.markers.edl
Premiere Pro        File > Import: {name}.xml
Final Cut Pro       File > Import > XML: {name}.fcpxml
Avid, and others    {name}.edl: the cuts and the markers; an EDL carries no music
REAPER              {name}.rpp
Bitwig, Cubase,     {name}.dawproject
Studio One
anything            the WAV files begin with the film; their time reference (BWF) is its first picture.
                    music.mid has the tempo map, the time signatures and the markers

If a program asks where a file is, show it this folder.

{film:19} the film, byte for byte
music.wav           the finished music: 48 kHz, 24 bits
stems/              its parts, muted in the timelines: together they are the music before mastering
cue-sheet.json      the plan: immersivaudio score {film} --sheet cue-sheet.json
"""


def guide(scored: ScoredClip, timeline: EditTimeline) -> str:
    """Return the page."""
    sheet = scored.sheet
    return _TEXT.format(
        name=timeline.name,
        rate=f"{float(timeline.rate.rate):.5g}",
        shown="drop frame" if timeline.rate.drop else "non-drop",
        start=timeline.rate.timecode(timeline.start),
        tempo=sheet.tempo,
        metre=sheet.metre,
        key=sheet.key,
        seed=sheet.seed,
        take=sheet.take,
        backend=scored.tracks[0].backend,
        film=timeline.film.file,
    )
