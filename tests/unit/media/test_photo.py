"""Photos of every common format come out upright, opaque and in the right colours."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.media import decode, photo, pillow_file, probe
from immersivaudio.values import Image
from tests import hdr_photos


def _halves() -> Image:
    """Orange on the left, blue on the right; 120 x 80."""
    image = np.zeros((80, 120, 3), np.uint8)
    image[:, :60], image[:, 60:] = (230, 140, 30), (30, 60, 200)
    return image


def _saved(path: Path, mode: str = "RGB", **options: object) -> Path:
    Pillow.fromarray(_halves()).convert(mode).save(path, **options)
    return path


@pytest.mark.parametrize(
    ("name", "mode", "codec", "options"),
    [
        ("a.jpg", "RGB", "jpeg", {"quality": 95, "subsampling": 0}),
        ("a.png", "RGB", "png", {}),
        ("b.png", "P", "png", {}),
        ("a.webp", "RGB", "webp", {"lossless": True}),
        ("a.avif", "RGB", "avif", {"quality": 95, "subsampling": "4:4:4"}),
        ("a.tif", "RGB", "tiff", {}),
        ("a.bmp", "RGB", "bmp", {}),
        ("a.gif", "RGB", "gif", {}),
        ("b.jpg", "CMYK", "jpeg", {"quality": 95}),
        ("b.tif", "CMYK", "tiff", {}),
    ],
)
def test_formats(
    name: str, mode: str, codec: str, options: dict[str, object], tmp_path: Path, settings: Settings
) -> None:
    path = _saved(tmp_path / name, mode, **options)
    clip = probe(path, settings)
    assert (clip.kind, clip.codec, clip.width, clip.height) == ("photo", codec, 120, 80)
    seen = photo.read(path, settings).astype(int)
    assert seen.shape == (80, 120, 3)
    assert np.abs(seen[20, [20, 100]] - _halves()[20, [20, 100]]).max() < 30


@pytest.mark.medium
def test_heic(tmp_path: Path, settings: Settings, shared_media: Callable[[str], Path]) -> None:
    image = photo.read(shared_media("iphone_photo.heic"), settings, longest=400)
    assert image.shape == (300, 400, 3)
    assert 40 < image.mean() < 200


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
@pytest.mark.parametrize("maker", [hdr_photos.avif, hdr_photos.heic], ids=["avif", "heic"])
def test_an_hdr_photo_is_shown_as_a_player_without_hdr_shows_it(
    maker: Callable[[Path, str], Path], transfer: str, tmp_path: Path, settings: Settings
) -> None:
    path = maker(tmp_path / f"photo.{maker.__name__}", transfer)
    assert probe(path, settings).hdr
    strips = photo.read(path, settings)[64, 32::64].astype(int)
    assert np.abs(strips - np.array(hdr_photos.GREYS)[:, None]).max() <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(orientation: int, tmp_path: Path, settings: Settings) -> None:
    image = _halves()
    image[:20, :30] = 255  # a mark at the top left of what must be shown
    stored = {
        1: image,
        2: image[:, ::-1],
        3: image[::-1, ::-1],
        4: image[::-1],
        5: image.transpose(1, 0, 2),
        6: np.rot90(image, 1),
        7: image[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(image, -1),
    }[orientation]
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    Pillow.fromarray(np.ascontiguousarray(stored)).save(path, exif=exif, quality=95)
    clip = probe(path, settings)
    seen = photo.read(path, settings)
    assert (clip.width, clip.height) == (120, 80)
    assert np.abs(seen.astype(int) - image).mean() < 8


def test_the_real_rotated_photo(shared_media: Callable[[str], Path], settings: Settings) -> None:
    image = photo.read(shared_media("exif_rotated_portrait_6.jpg"), settings, longest=600)
    assert image.shape == (600, 400, 3)
    assert image[:120].mean() > image[420:].mean()  # the sky is above, the ground below


@pytest.mark.parametrize("name", ["grey.png", "grey.tif"])
def test_sixteen_bits_are_scaled_not_clipped(name: str, tmp_path: Path, settings: Settings) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)
    Pillow.fromarray(np.tile(ramp, (64, 1))).save(tmp_path / name)
    seen = photo.read(tmp_path / name, settings)
    assert np.abs(seen[10, :, 0].astype(int) - np.arange(256)).max() <= 2


@pytest.mark.parametrize(("ink", "ground"), [(20, 255), (250, 32)])
def test_what_is_transparent_lies_on_a_ground_that_shows_the_rest(
    ink: int, ground: int, tmp_path: Path, settings: Settings
) -> None:
    pixels = np.zeros((80, 120, 4), np.uint8)
    pixels[20:60, 30:90] = (ink, ink, ink, 255)
    Pillow.fromarray(pixels).save(tmp_path / "logo.png")
    seen = photo.read(tmp_path / "logo.png", settings)
    assert (int(seen[0, 0, 0]), int(seen[40, 60, 0])) == (ground, ink)


def test_an_embedded_profile_is_converted(tmp_path: Path, settings: Settings) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"####").replace(b"bXYZ", b"rXYZ").replace(b"####", b"bXYZ")
    path = _saved(tmp_path / "swapped.png", icc_profile=swapped)
    assert np.abs(photo.read(path, settings)[..., ::-1].astype(int) - _halves()).mean() < 3
    broken = _saved(tmp_path / "broken.png", icc_profile=b"no profile at all")
    assert np.array_equal(photo.read(broken, settings), _halves())


def test_longest_side(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "large.jpg"
    Pillow.new("RGB", (3000, 1500), (200, 100, 50)).save(path)
    assert photo.read(path, settings, longest=640).shape == (320, 640, 3)
    assert photo.read(path, settings).shape == (1500, 3000, 3)


def _moving(path: Path) -> Path:
    frames = [Pillow.new("RGB", (120, 80), (80 * i, 90, 20)) for i in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[100, 400, 700])
    return path


@pytest.mark.parametrize("name", ["moving.gif", "moving.png", "moving.avif"])
def test_what_moves_is_a_video(name: str, tmp_path: Path, settings: Settings) -> None:
    clip = probe(_moving(tmp_path / name), settings)
    assert (clip.kind, float(clip.duration)) == ("video", pytest.approx(1.2))
    assert len(list(decode.pictures(clip, settings))) == 3


def test_an_animation_cut_off_anywhere_moves_or_is_refused(tmp_path: Path) -> None:
    whole = _moving(tmp_path / "moving.gif").read_bytes()
    path, moving = tmp_path / "cut.gif", []
    for length in range(20, len(whole), 3):
        path.write_bytes(whole[:length])
        with suppress(BadMediaError):
            moving.append(pillow_file.is_animated(path, 10**6))
    assert moving[-1]


def test_an_error_of_ours_is_not_the_photos(tmp_path: Path) -> None:
    with pytest.raises(IndexError), pillow_file.opened(_moving(tmp_path / "moving.gif"), 10**6):
        [].pop()


@pytest.mark.parametrize("name", ["moving.avif", "moving.webp"])
def test_what_moves_and_is_transparent_keeps_its_colours(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    frames = [Pillow.new("RGBA", (120, 80), (80 * i, 90, 20, 255)) for i in range(3)]
    for frame in frames:
        frame.paste((0, 0, 0, 0), (0, 0, 20, 20))
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=[100, 400, 700])
    clip = probe(tmp_path / name, settings)
    show = decode.FrameScaler(clip, 120)
    seen = [show(picture)[60, 60].astype(int) for picture in decode.pictures(clip, settings)]
    assert np.abs(np.array(seen) - [(80 * i, 90, 20) for i in range(3)]).max() <= 6


def test_the_gain_map_of_an_hdr_photo_is_no_picture(tmp_path: Path, settings: Settings) -> None:
    """Ultra HDR: a JPEG for every screen, and behind it, a grey one that says where light is added."""
    path = tmp_path / "ultra.jpg"
    shown, gain = Pillow.fromarray(_halves()), Pillow.new("L", (60, 40), 128)
    shown.save(path, "MPO", save_all=True, append_images=[gain], quality=95)
    clip = probe(path, settings, photo_duration=2)
    assert (clip.kind, clip.width, clip.height) == ("photo", 120, 80)
    assert np.abs(photo.read(path, settings).astype(int) - _halves()).mean() < 4


def test_truncated_photos_are_refused(tmp_path: Path, settings: Settings) -> None:
    for name in ("a.jpg", "a.png", "a.webp"):
        path = tmp_path / name
        noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), np.uint8)
        Pillow.fromarray(noise).save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(BadMediaError, match="damaged or not complete"):
            probe(path, settings)


def test_cap_on_pixels(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.png")
    with pytest.raises(MediaTooLargeError):
        probe(path, Settings(_env_file=None, max_photo_pixels=120 * 80 - 1))
