"""Made films: timelines with cuts, markers and sounds at moments that nothing was rounded to before."""

import random
from fractions import Fraction

from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.export.tempo import MetrePoint, TempoMap, TempoPoint
from immersivaudio.export.timeline import EditTimeline, FilmClip, SoundClip, TimelineMarker
from immersivaudio.values import exact

RATES = {
    "23.976": FrameRate(Fraction(24000, 1001)),
    "24": FrameRate(Fraction(24)),
    "25": FrameRate(Fraction(25)),
    "29.97 drop": FrameRate(Fraction(30000, 1001), drop=True),
    "29.97": FrameRate(Fraction(30000, 1001)),
    "30": FrameRate(Fraction(30)),
    "50": FrameRate(Fraction(50)),
    "59.94 drop": FrameRate(Fraction(60000, 1001), drop=True),
    "59.94": FrameRate(Fraction(60000, 1001)),
    "60": FrameRate(Fraction(60)),
}


def made(rate: FrameRate, number: int) -> EditTimeline:
    """A film of up to twenty minutes: some start at 0, some an hour or nearly a day in."""
    chance = random.Random(number)
    frames = chance.randint(40, int(20 * 60 * rate.rate))
    moments = sorted(chance.sample(range(1, frames), min(frames - 1, 30)))
    start = chance.choice(
        (0, rate.parse("01:00:00:00"), rate.parse("09:58:59:20"), rate.parse("22:00:00:00"))
    )
    sounds = tuple(
        SoundClip(name, f"{name}.wav", role, round(frames / rate.rate * 48000), gain, muted)
        for name, role, gain, muted in (
            ("music", "music", -3.25, False), ("drums", "stem", 1.5, True), ("sounds", "sounds", 0.0, False)
        )
    )  # fmt: skip
    markers = [TimelineMarker(Fraction(0), "A hopeful", "section", 'a "quiet" sea & sky')]
    # What a cue sheet holds: whole microseconds, beside the picture's own time.
    markers += [
        TimelineMarker(exact(rate.seconds(moment)), f"hit {place} cut", "hit", "the accent is 3 ms late")
        for place, moment in enumerate(moments[::2], 1)
    ]
    tempo = TempoMap(
        (
            TempoPoint(Fraction(0), Fraction(0), 100.0),
            TempoPoint(Fraction(8), Fraction(24, 5), 104.5),
        ),
        (MetrePoint(Fraction(0), Fraction(0), 4, 4), MetrePoint(Fraction(8), Fraction(24, 5), 5, 4)),
    )
    return EditTimeline(
        name=f"film {number}",
        rate=rate,
        start=start,
        duration=rate.seconds(frames),
        film=FilmClip("film é.mp4", "film é.mp4", 1280, 720, channels=number % 2 * 2, muted=number % 4 == 1),
        sounds=sounds,
        markers=tuple(markers),
        cuts=tuple(rate.seconds(moment) for moment in moments),
        tempo=tempo,
    )


def frames_of(timeline: EditTimeline) -> list[int]:
    """The pictures of the markers, from the film's first."""
    return [round(marker.time * timeline.rate.rate) for marker in timeline.markers]
