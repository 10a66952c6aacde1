"""Clips like those that people sent and that failed: each made at run time, none of them anybody's.

`MADE` holds every one by name; a maker takes a folder and returns the file it wrote there.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import av
import numpy as np
import soundfile
from PIL import Image

from tests import hdr_photos, samples, voices
from tests.samples import ffmpeg

Maker = Callable[[Path], Path]
SECONDS = 4
_MAKERS: dict[str, Maker] = {}
MADE: Mapping[str, Maker] = _MAKERS


def made(maker: Maker) -> Maker:
    """Keep a maker under its name."""
    _MAKERS[maker.__name__] = maker
    return maker


def pictures(folder: Path) -> Path:
    """Four seconds of H.264 without sound."""
    path = folder / "pictures.mp4"
    if not path.exists():
        samples.film(path, shots=2, seconds=SECONDS / 2, size=(160, 90))
    return path


def talk(folder: Path) -> Path:
    """Somebody talks; mono."""
    path = folder / "talk.wav"
    if not path.exists():
        soundfile.write(path, voices.voice(SECONDS)[:, 0], voices.RATE, subtype="PCM_16")
    return path


def with_sound(folder: Path, name: str, *options: str) -> Path:
    """Pictures copied, the voice coded as `options` say."""
    out = folder / name
    sources = ("-i", pictures(folder), "-i", talk(folder), "-map", "0:v")
    ffmpeg(
        *sources, *(() if "-filter_complex" in options else ("-map", "1:a")), "-c:v", "copy", *options, out
    )
    return out


def channels(folder: Path, count: int) -> Path:
    """The voice in the last of so many channels that have no names."""
    sound = np.zeros((SECONDS * voices.RATE, count), np.float32)
    sound[:, -1] = voices.voice(SECONDS)[:, 0]
    wav, out = folder / f"{count}.wav", folder / f"{count}-channels.mkv"
    soundfile.write(wav, sound, voices.RATE, subtype="PCM_16")
    ffmpeg("-i", pictures(folder), "-i", wav, "-map", "0:v", "-map", "1:a", "-c", "copy", out)
    return out


@made
def silent_desktop_first(folder: Path) -> Path:
    """A screen recorder: the desktop is silent, the microphone has the second track."""
    silence = ("-f", "lavfi", "-i", f"anullsrc=r=48000:cl=stereo:d={SECONDS}")
    out = folder / "desktop.mp4"
    sources = ("-i", pictures(folder), *silence, "-i", talk(folder))
    ffmpeg(*sources, "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "copy", "-c:a", "aac", out)
    return out


@made
def rustling_desktop_first(folder: Path) -> Path:
    """The same with a fan in the first track: neither of the two is the one that counts."""
    out = folder / "rustling.mp4"
    fan = ("-f", "lavfi", "-i", f"anoisesrc=r=48000:a=0.003:c=pink:d={SECONDS}")
    tracks = ("-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "copy", "-c:a", "aac")
    ffmpeg("-i", pictures(folder), *fan, "-i", talk(folder), *tracks, out)
    return out


def iamf(out: Path, graph: str, labels: Iterable[str], element: str, name: str, ids: Iterable[int]) -> Path:
    """Pictures, and the streams of `graph` as one IAMF element; `ids` are those of all streams."""
    mix = (
        "type=iamf_mix_presentation:id=2:stg=0:annotations=en-us=Mix,submix=parameter_id=100:parameter_rate=48000:"
        f"default_mix_gain=0.0|element=stg=0:headphones_rendering_mode=binaural:annotations=en-us={name}:"
        "parameter_id=101:parameter_rate=48000:default_mix_gain=0.0|"
        "layout=sound_system=stereo:integrated_loudness=0.0"
    )
    tracks = [part for label in labels for part in ("-map", f"[{label}]")]
    named = [part for number, one in enumerate(ids) for part in ("-streamid", f"{number}:{one}")]
    groups = ("-stream_group", element, "-stream_group", mix)
    options = ("-filter_complex", graph, *tracks, "-c:a", "libopus", *groups)
    return with_sound(out.parent, out.name, *options, *named)


@made
def eclipsa(folder: Path) -> Path:
    """IAMF: hiss in front, the voice in the centre, which is a stream of its own."""
    hiss = f"anoisesrc=r=48000:d={SECONDS}:a=0.003:c=pink"
    graph = (
        f"[1:a]volume=0.7[C];{hiss}[p];{hiss}:seed=2[q];[p][q]join=inputs=2:channel_layout=stereo,asplit[F][B];"
        f"anullsrc=r=48000:cl=mono,atrim=duration={SECONDS}[L]"
    )
    element = (
        "type=iamf_audio_element:id=1:st=1:st=2:st=3:st=4:audio_element_type=channel,"
        "layer=ch_layout=5.1(side)"
    )
    return iamf(folder / "eclipsa.mp4", graph, "FBCL", element, "51", (10, 0, 1, 2, 3))


@made
def eclipsa_of_sixteen(folder: Path) -> Path:
    """Third-order ambisonics in IAMF: sixteen streams of sound beside one of pictures."""
    split = "".join(f"[s{number}]" for number in range(16))
    graph = f"[1:a]asplit=16{split}"
    groups = ":".join(f"st={number}" for number in range(1, 17))
    element = (
        f"type=iamf_audio_element:id=1:{groups}:audio_element_type=scene,"
        "layer=ch_layout=ambisonic 3:ambisonics_mode=mono"
    )
    labels = [f"s{number}" for number in range(16)]
    return iamf(folder / "sixteen.mp4", graph, labels, element, "A", range(100, 117))


@made
def three_channels(folder: Path) -> Path:
    """No layout is told."""
    return channels(folder, 3)


@made
def nine_channels(folder: Path) -> Path:
    """No layout is told."""
    return channels(folder, 9)


@made
def sixteen_channels(folder: Path) -> Path:
    """No layout is told."""
    return channels(folder, 16)


@made
def sixty_channels(folder: Path) -> Path:
    """No layout is told."""
    return channels(folder, 60)


@made
def ambisonic(folder: Path) -> Path:
    """First-order ambisonics; the voice stands behind, where W and X cancel each other."""
    graph = ("-filter_complex", "[1:a]pan=ambisonic 1|c0=c0|c3=-1*c0[a]", "-map", "[a]")
    return with_sound(folder, "ambisonic.mkv", *graph, "-c:a", "libopus", "-mapping_family", "2")


@made
def opposite_channels(folder: Path) -> Path:
    """Crossed wires: the right channel is minus the left one."""
    graph = ("-filter_complex", "[1:a]pan=stereo|c0=c0|c1=-1*c0[a]", "-map", "[a]")
    return with_sound(folder, "opposite.mkv", *graph, "-c:a", "pcm_s16le")


@made
def voice_on_the_left(folder: Path) -> Path:
    """A clip-on microphone in one channel, nothing in the other."""
    graph = ("-filter_complex", "[1:a]pan=stereo|c0=c0[a]", "-map", "[a]")
    return with_sound(folder, "left.mp4", *graph, "-c:a", "aac")


@made
def two_languages(folder: Path) -> Path:
    """The default track is German and silent, the other one is French."""
    silence = ("-f", "lavfi", "-i", f"anullsrc=r=48000:cl=stereo:d={SECONDS}")
    out = folder / "languages.mkv"
    marks = ("-metadata:s:a:0", "language=fre", "-metadata:s:a:1", "language=ger")
    marks += ("-disposition:a:0", "0", "-disposition:a:1", "default")
    sources = ("-i", pictures(folder), "-i", talk(folder), *silence)
    ffmpeg(*sources, "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "copy", "-c:a", "aac", *marks, out)
    return out


@made
def spatial_track_alone(folder: Path) -> Path:
    """A coding for which there is no decoder: four letters that nobody knows."""
    path = with_sound(folder, "spatial.mov", "-c:a", "pcm_s16le")
    path.write_bytes(path.read_bytes().replace(b"sowt", b"apac"))
    return path


@made
def early_internet_sound(folder: Path) -> Path:
    """A coding that FFmpeg reads and that we do not let in."""
    return with_sound(folder, "telephone.mkv", "-ar", "8000", "-c:a", "real_144")


def _coded(name: str, file: str, *options: str) -> None:
    def maker(folder: Path) -> Path:
        return with_sound(folder, file, *options)

    maker.__name__ = f"sound_in_{name}"
    made(maker)


for _name, _file, *_options in (
    ("dts", "a.mkv", "-c:a", "dca", "-strict", "-2"),
    ("adpcm_ima_wav", "b.avi", "-c:a", "adpcm_ima_wav"),
    ("adpcm_ms", "c.avi", "-c:a", "adpcm_ms"),
    ("adpcm_ima_qt", "d.mov", "-c:a", "adpcm_ima_qt"),
    ("truehd", "e.mkv", "-c:a", "truehd", "-ac", "2", "-strict", "-2"),
    ("wmav2", "f.mkv", "-c:a", "wmav2"),
    ("vorbis", "g.mkv", "-c:a", "libvorbis"),
    ("pcm_bluray", "h.m2ts", "-c:a", "pcm_bluray"),
    ("pcm_f64le", "i.mkv", "-c:a", "pcm_f64le"),
    ("pcm_s8", "j.mov", "-c:a", "pcm_s8"),
    ("s302m", "k.ts", "-c:a", "s302m", "-ac", "2", "-strict", "-2"),
    ("tta", "l.mkv", "-c:a", "tta"),
    ("wavpack", "m.mkv", "-c:a", "wavpack"),
):
    _coded(_name, _file, *_options)


@made
def exif_in_motion_jpeg(folder: Path) -> Path:
    """A camera's Motion JPEG: each picture carries EXIF, and lies on its side."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "camera", 6
    for number, pixels in enumerate(samples.pan(3, 20, (160, 90))):
        Image.fromarray(pixels).save(folder / f"exif{number:02d}.jpg", exif=exif)
    ffmpeg("-framerate", "10", "-i", folder / "exif%02d.jpg", "-c", "copy", folder / "exif.mov")
    return folder / "exif.mov"


@made
def shown_before_decoded(folder: Path) -> Path:
    """MP4 whose first entries say that a picture is shown before it is decoded."""
    out = folder / "negative.mp4"
    coding = ("-c:v", "libx264", "-bf", "3", "-c:a", "aac", "-movflags", "negative_cts_offsets")
    ffmpeg(
        "-i", pictures(folder), "-i", talk(folder), "-map", "0:v", "-map", "1:a", "-t", "0.2", *coding, out
    )
    return out


@made
def ends_on_half_a_sample(folder: Path) -> Path:
    """Fragmented MP4 whose length, in 12,800ths of a second, is half a sample more than a whole number."""
    coding = ("-c:v", "libx264", "-bf", "0", "-c:a", "aac", "-f", "mp4")
    fragments = ("-movflags", "frag_keyframe+empty_moov+default_base_moof")
    out = folder / "fragments.mp4"
    sources = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=8", "-i", talk(folder))
    ffmpeg(*sources, "-map", "0:v", "-map", "1:a", *coding, *fragments, out)
    return out


@made
def one_pixel(folder: Path) -> Path:
    """A film of one pixel."""
    return _plain(folder, "1x1", "mkv")


@made
def one_block(folder: Path) -> Path:
    """A film of two by two."""
    return _plain(folder, "2x2", "mkv")


@made
def thread(folder: Path) -> Path:
    """A film of 3000 by 2."""
    return _plain(folder, "3000x2", "mkv")


@made
def thread_photo(folder: Path) -> Path:
    """A photo of 3000 by 2."""
    return _plain(folder, "3000x2", "png", "-frames:v", "1")


@made
def pole_photo(folder: Path) -> Path:
    """A photo of 2 by 3000."""
    return _plain(folder, "2x3000", "png", "-frames:v", "1")


def _plain(folder: Path, size: str, ending: str, *options: str) -> Path:
    out = folder / f"{size}.{ending}"
    coding = ("-c:v", "mjpeg", "-pix_fmt", "yuvj444p") if ending == "mkv" else ()
    ffmpeg("-f", "lavfi", "-i", f"color=red:s={size}:d=2:r=10", *options, *coding, out)
    return out


@made
def cover_before_the_film(folder: Path) -> Path:
    """MPEG-4 pictures, and a cover in a box that stands before them: the first stream is the cover."""
    path = folder / "cover.mp4"
    coding = ("-c:v:0", "mpeg4", "-q:v:0", "3", "-c:v:1", "copy", "-disposition:v:1", "attached_pic")
    ffmpeg("-i", pictures(folder), "-i", _cover(folder), "-map", "0", "-map", "1", *coding, path)
    data = path.read_bytes()
    start = data.rindex(b"moov") + 4  # it stands at the end, so that nothing that it points to moves
    boxes, place = [], start
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        boxes.append(data[place : place + size])
        place += size
    path.write_bytes(data[:start] + b"".join(sorted(boxes, key=lambda box: box[4:8] != b"udta")))
    return path


@made
def still_before_the_film(folder: Path) -> Path:
    """A stream of one picture before the film, which is not marked as a cover."""
    coding = ("-c:v:0", "copy", "-c:v:1", "mpeg4", "-q:v:1", "3", "-disposition:v:0", "0")
    path = folder / "still.mkv"
    ffmpeg("-i", _cover(folder), "-i", pictures(folder), "-map", "0", "-map", "1", *coding, path)
    return path


def _cover(folder: Path) -> Path:
    ffmpeg("-f", "lavfi", "-i", "color=blue:s=64x64", "-frames:v", "1", folder / "cover.jpg")
    return folder / "cover.jpg"


@made
def wide_pixels_told_by_the_container(folder: Path) -> Path:
    """VP9 has no place for the shape of its pixels: the container tells it."""
    coding = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-aspect", "16:9")
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=180x144:d=1", *coding, folder / "wide.webm")
    return folder / "wide.webm"


@made
def wide_pixels_of_a_copy(folder: Path) -> Path:
    """H.264 of square pixels in a MOV that says otherwise."""
    ffmpeg("-i", pictures(folder), "-c", "copy", "-aspect", "2:1", folder / "pasp.mov")
    return folder / "pasp.mov"


@made
def rgb_gif(folder: Path) -> Path:
    """One colour in high definition, without a matrix."""
    ffmpeg("-f", "lavfi", "-i", "color=0xE02010:s=1280x720:d=1:r=5", folder / "rgb.gif")
    return folder / "rgb.gif"


@made
def rgb_h264(folder: Path) -> Path:
    """The same colour as a screen recorder keeps it, without loss."""
    coding = ("-c:v", "libx264rgb", "-crf", "1")
    ffmpeg("-f", "lavfi", "-i", "color=0xE02010:s=1280x720:d=1:r=5", *coding, folder / "rgb.mp4")
    return folder / "rgb.mp4"


@made
def interlaced(folder: Path) -> Path:
    """A camcorder's two fields a picture: a white bar that moves 5 px from one field to the next."""
    frames = np.full((25, 240, 320), 30, np.uint8)
    for field in range(50):
        frames[field // 2, field % 2 :: 2, field * 5 : field * 5 + 40] = 220
    (folder / "fields.raw").write_bytes(frames.tobytes())
    source = ("-f", "rawvideo", "-pix_fmt", "gray", "-s", "320x240", "-r", "25", "-i", folder / "fields.raw")
    coding = ("-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-q:v", "2", "-pix_fmt", "yuv420p")
    ffmpeg(*source, "-vf", "setfield=tff", *coding, folder / "interlaced.mpg")
    return folder / "interlaced.mpg"


@made
def pq_photo(folder: Path) -> Path:
    """An HDR photo (PQ, BT.2020, 10 bit) of five greys."""
    return hdr_photos.avif(folder / "pq.avif", "smpte2084")


@made
def eight_k(folder: Path) -> Path:
    """A second of 8K, as the newest phones record it: HEVC, three pictures."""
    path = folder / "8k.mp4"
    source = ("-f", "lavfi", "-i", "testsrc2=s=960x540:r=3:d=1", "-vf", "scale=7680:4320:flags=neighbor")
    coding = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
    ffmpeg(*source, *coding, "-pix_fmt", "yuv420p", path)
    return path


MOVING = ((230, 30, 30), (30, 200, 60), (40, 60, 230), (240, 220, 40))
"""RGB of the pictures of `animated_webp`, in order."""
HELD = (300, 500, 700, 600)
"""ms that each is shown."""


@made
def animated_webp(folder: Path) -> Path:
    """A sticker: four pictures of unequal length, the corner of each transparent."""
    path = folder / "sticker.webp"
    drawn = []
    for colour in MOVING:
        picture = Image.new("RGBA", (120, 90), (*colour, 255))
        picture.paste((0, 0, 0, 0), (0, 0, 30, 30))
        drawn.append(picture)
    drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=list(HELD), lossless=True, loop=0)
    return path


@made
def heic_sequence(folder: Path) -> Path:
    """Twelve HEVC pictures in the track of an image sequence (ISO/IEC 23008-12)."""
    path = folder / "sequence.heics"
    film = folder / "sequence.mp4"
    coding = ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p", "-tag:v", "hvc1")
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=1.2", *coding, film)
    data = bytearray(film.read_bytes())
    brands = b"hevc" + bytes(4) + b"msf1hevciso8"
    assert data[:4] == (8 + len(brands)).to_bytes(4, "big"), "as long as ffmpeg's own: nothing moves"
    data[8 : 8 + len(brands)] = brands
    handler = data.index(b"hdlr") + 12
    data[handler : handler + 4] = b"pict"
    path.write_bytes(data)
    return path


@made
def dolby_vision(folder: Path) -> Path:
    """HEVC in HLG with the box by which a phone says that it is Dolby Vision (profile 8.4)."""
    path = folder / "dolby.mp4"
    tags = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=none"
    coding = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1")
    ffmpeg("-i", pictures(folder), *coding, "-x265-params", tags, "-t", "1", path)
    # Version 1.0, profile 8, level 1, RPU and base layer, compatible with HLG; then four words of nothing.
    told = bytes([1, 0, 8 << 1, (1 << 3) | 0b101, 4 << 4]) + bytes(19)
    box = (8 + len(told)).to_bytes(4, "big") + b"dvvC" + told
    path.write_bytes(_with_box(path.read_bytes(), box))
    return path


def _with_box(data: bytes, box: bytes) -> bytes:
    """Put a box at the end of the first sample entry; all that hold it grow. The index stands at the end."""
    place, start = data.index(b"hvc1", data.rindex(b"moov")) - 4, data.rindex(b"moov") - 4
    end = place + int.from_bytes(data[place : place + 4], "big")
    grown = bytearray(data)
    for holder in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"):
        start = data.index(holder, start) - 4
        size = int.from_bytes(data[start : start + 4], "big")
        grown[start : start + 4] = (size + len(box)).to_bytes(4, "big")
    return bytes(grown[:end]) + box + bytes(grown[end:])


@made
def late_matroska(folder: Path) -> Path:
    """A recording cut out of a longer one: it begins at 4 s, and its length counts from 0."""
    options = ("-c:v", "copy", "-c:a", "aac", "-output_ts_offset", "4", "-avoid_negative_ts", "disabled")
    sources = ("-i", pictures(folder), "-i", talk(folder), "-map", "0:v", "-map", "1:a")
    ffmpeg(*sources, *options, folder / "late.mkv")
    return folder / "late.mkv"


@made
def half_a_download(folder: Path) -> Path:
    """A faststart MP4 of which a little more than half arrived."""
    path = with_sound(folder, "whole.mp4", "-c:a", "aac", "-movflags", "+faststart")
    out = folder / "half.mp4"
    data = path.read_bytes()
    out.write_bytes(data[: len(data) * 7 // 10])
    return out


def _old(name: str, file: str, *options: str) -> None:
    def maker(folder: Path) -> Path:
        ffmpeg("-i", pictures(folder), *options, folder / file)
        return folder / file

    maker.__name__ = name
    made(maker)


_old("ms_mpeg4_v2", "msmpeg4v2.avi", "-c:v", "msmpeg4v2", "-q:v", "3")
_old("ms_mpeg4_v3", "msmpeg4.avi", "-c:v", "msmpeg4", "-q:v", "3")
_old("mpeg1_stream", "stream.m1v", "-c:v", "mpeg1video", "-q:v", "3")
_old("mpeg2_stream", "stream.m2v", "-c:v", "mpeg2video", "-q:v", "3")
_old("dv_tape", "tape.dv", "-vf", "scale=720:576", "-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-r", "25")
_old("dv_in_avi", "dv.avi", "-vf", "scale=720:576", "-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-r", "25")


@made
def trimmed_at_the_end(folder: Path) -> Path:
    """A phone's trim: an edit list hides the last ten of a hundred pictures, which are still there."""
    path = folder / "trimmed.mp4"
    ffmpeg("-i", pictures(folder), "-c:v", "libx264", "-bf", "0", "-preset", "veryfast", path)
    data = bytearray(path.read_bytes())
    place = data.index(b"elst") + 12  # past version, flags and the number of entries, in 1000ths of a second
    assert int.from_bytes(data[place : place + 4], "big") == 4000
    data[place : place + 4] = (3600).to_bytes(4, "big")
    path.write_bytes(data)
    return path


@made
def trimmed_between_key_pictures(folder: Path) -> Path:
    """A phone's trim at the front, without coding anew: it begins 30 pictures after the only key picture."""
    whole, path = folder / "long.mp4", folder / "front.mp4"
    ffmpeg("-i", pictures(folder), "-c:v", "libx264", "-preset", "veryfast", "-g", "1000", whole)
    ffmpeg("-ss", "1.2", "-i", whole, "-c", "copy", path)
    return path


@made
def uneven_matroska(folder: Path) -> Path:
    """Pictures when something changes, as screen recorders write them, and a voice that ends before them."""
    path = folder / "uneven.mkv"
    uneven = "select='not(mod(n,7))+not(mod(n,5))+gt(n,60)'"
    sources = ("-i", pictures(folder), "-i", talk(folder), "-map", "0:v", "-map", "1:a")
    ffmpeg(*sources, "-vf", uneven, "-fps_mode", "vfr", "-c:v", "libx264", "-c:a", "aac", path)
    return path


@made
def bits_flipped(folder: Path) -> Path:
    """A card that loses bits: every eighth picture is damaged inside, and still decoded."""
    whole, path = folder / "sound.mp4", folder / "flipped.mp4"
    ffmpeg("-i", pictures(folder), "-c:v", "libx264", "-preset", "veryfast", "-b:v", "600k", whole)
    data = bytearray(whole.read_bytes())
    with av.open(str(whole)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    for place, size in packets[4::8]:
        for at in range(place + 40, place + size, 25):
            data[at] ^= 0x55
    path.write_bytes(data)
    return path
