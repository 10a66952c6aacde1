"""Which of a file's sound tracks are its own sound: all that are meant to be heard together.

A recorder writes the desktop on one track and the microphone on another, a phone adds a spatial recording,
Eclipsa (IAMF) spreads one sound over several streams: such tracks are mixed. A film has one track for each
language, and one for a commentary: of those, one is played.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from immersivaudio.media import boxes

_PHONES = {
    "aac",
    "aac_latm",
    "mp1",
    "mp2",
    "mp3",
    "opus",
    "vorbis",
    "flac",
    "alac",
    "amr_nb",
    "amr_wb",
    "qcelp",
}
_DISCS = {"ac3", "eac3", "dts", "truehd", "mlp", "s302m"}
_WINDOWS = {"wmav1", "wmav2", "wmapro", "wmalossless", "wmavoice", "gsm_ms", "adpcm_ms", "adpcm_ima_wav"}
_OLDER = {
    "adpcm_ima_qt",
    "adpcm_swf",
    "adpcm_yamaha",
    "nellymoser",
    "speex",
    "gsm",
    "adpcm_g722",
    "adpcm_g726",
}
_LOSSLESS = {"tta", "wavpack"}
SOUND_CODECS = frozenset(_PHONES | _DISCS | _WINDOWS | _OLDER | _LOSSLESS)
"""FFmpeg's canonical names of what cameras, phones, recorders and discs write, besides PCM of any kind."""

_ASIDE = (
    Disposition.comment
    | Disposition.lyrics
    | Disposition.karaoke
    | Disposition.hearing_impaired
    | Disposition.visual_impaired
    | Disposition.descriptions
    | Disposition.dub
)
"""Marks of a track that stands in for another one."""
_NO_LANGUAGE = frozenset(("", "und", "mul", "zxx", "qaa"))
_TWINS = frozenset(("apac",))
"""Codecs of Apple's spatial sound, beside which the same sound always stands in AAC."""
_NAMELESS = "something unknown"


@dataclass(frozen=True, slots=True)
class Tracks:
    """The tracks that are played."""

    streams: tuple[int, ...]
    """Indices in the container, in its order; empty where there is nothing that can be read."""
    scene: bool = False
    """They are the channels of one ambisonic recording."""
    notes: tuple[str, ...] = ()
    """What is left out, in words."""


def choose(container: InputContainer, broken: frozenset[int] = frozenset()) -> Tracks:
    """Return the sound tracks of a file that are its own sound; `broken` are known not to decode."""
    tracks = container.streams.audio
    readable = [track for track in tracks if _readable(track) and track.index not in broken]
    played = _one_language([track for track in readable if not track.disposition & _ASIDE] or readable[:1])
    unread = dict.fromkeys(name(container, track) for track in tracks if track not in readable)
    notes = list(_unread(unread, bool(readable)))
    if len(played) < len(readable):
        kept = _language(played[0])
        tongue = f" ({kept})" if kept not in _NO_LANGUAGE else ""
        notes.append(f"of its {len(readable)} sound tracks, the main one is heard{tongue}")
    return Tracks(tuple(track.index for track in played), _is_scene(played), tuple(notes))


def name(container: InputContainer, track: AudioStream) -> str:
    """Say how a track is coded; by the container's own four letters where there is no decoder."""
    if track.codec_context is not None:
        return track.codec_context.codec.canonical_name
    if not container.format.name.startswith("mov"):
        return _NAMELESS
    codes = boxes.sound_codes(Path(container.name.removeprefix("file:")))
    tracks = container.streams.audio
    return (codes[tracks.index(track)] if len(codes) == len(tracks) else "") or _NAMELESS


def _is_scene(tracks: Sequence[AudioStream]) -> bool:
    """Eclipsa's ambisonics: one channel a stream, (order + 1) squared of them."""
    parts = all(track.disposition & Disposition.dependent for track in tracks[1:])
    single = all(track.codec_context.layout.nb_channels == 1 for track in tracks)
    return len(tracks) in {4, 9, 16, 25} and parts and single


def _readable(track: AudioStream) -> bool:
    context = track.codec_context
    if context is None:
        return False
    codec = context.codec.canonical_name
    known = codec in SOUND_CODECS or codec.startswith("pcm_")
    return known and context.sample_rate > 0 and context.layout.nb_channels > 0


def _one_language(tracks: Sequence[AudioStream]) -> list[AudioStream]:
    """Leave out other languages than the main track's; tracks that name none belong to all."""
    spoken = [track for track in tracks if _language(track) not in _NO_LANGUAGE]
    if len({_language(track) for track in spoken}) < 2:
        return list(tracks)
    main = next((track for track in spoken if track.disposition & Disposition.default), spoken[0])
    return [track for track in tracks if _language(track) in {_language(main), *_NO_LANGUAGE}]


def _language(track: AudioStream) -> str:
    return (track.metadata.get("language") or "").lower()


def _unread(codecs: Iterable[str], others: bool) -> list[str]:
    """Say which sound could not be read, and never that there is none."""
    if others:
        told = [codec for codec in codecs if codec not in _TWINS]
        return [f"one of its sound tracks is coded as {codec}, which could not be read" for codec in told]
    return [f"its sound is coded as {codec}, which could not be read" for codec in codecs]
