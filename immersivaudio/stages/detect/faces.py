"""Faces: a frontal cascade proposes, other cascades, eyes and skin must agree.

One Haar cascade alone (Viola and Jones, 2001) takes clocks, logos and leaves for faces. So each proposal
is looked at again, enlarged, by detectors trained on other pictures; in a colour picture most of it must
be of the colour of skin as well. `benchmarks/detection.py` measures what comes out.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.boxes import Rect
from immersivaudio.stages.detect.sighting import Sighting
from immersivaudio.values import Image

Gray = NDArray[np.uint8]

_SHIPPED = Path(cv2.__file__).parent / "data"
_SMALLEST = 20
"""px: the size the cascades were trained at."""
_SMALLEST_SHARE = 0.05
"""Of the picture's shorter side; a smaller face tells the music nothing."""
_STEP = 1.15
"""From one size of face that is looked for to the next; 1.1 takes a quarter longer and finds no more."""
_FACE_PX, _EYES_PX = 96, 160
"""Width to which a proposal is enlarged before the second look."""
_MARGIN = 0.25
_GRAYISH = 8
"""Mean spread of R, G and B under which a picture has no colour to speak of."""
_SKIN_LOW, _SKIN_HIGH = (0, 135, 77), (255, 180, 127)
"""Skin in Y, Cr, Cb whatever the complexion: Chai and Ngan 1999, widened for warm light."""
_SKIN_SHARE = 0.5


def cascade(name: str) -> cv2.CascadeClassifier:
    """Load one of the cascades that OpenCV ships."""
    return cv2.CascadeClassifier(str(_SHIPPED / f"haarcascade_{name}.xml"))


class FaceFinder:
    """Holds its cascades, which are not to be shared between threads."""

    def __init__(self) -> None:
        self._frontal = cascade("frontalface_alt2")
        self._second = cascade("frontalface_default")
        self._profile = cascade("profileface")
        self._eyes = cascade("eye_tree_eyeglasses")

    def find(self, image: Image, gray: Gray, flat: Gray) -> list[Sighting]:
        """Look for faces in `image` (RGB), its luma and its equalised luma."""
        small = max(_SMALLEST, round(_SMALLEST_SHARE * min(gray.shape)))
        skin = None if _colourless(image) else _skin_mask(image)
        whole = Rect(0, 0, gray.shape[1], gray.shape[0])
        part = whole if skin is None else _where(skin, small)
        if part is None:
            return []
        rows, columns = part.window(gray.shape[1], gray.shape[0])
        found = self._frontal.detectMultiScale(flat[rows, columns], _STEP, 2, minSize=(small, small))
        faces = [Rect(*map(float, box)).moved(columns.start, rows.start) for box in found]
        return [self._judge(face, skin, gray, flat) for face in faces]

    def _judge(self, face: Rect, skin: Gray | None, gray: Gray, flat: Gray) -> Sighting:
        frontal = _seen(self._second, flat, face)
        others = self._turned(flat, face) + self._has_eyes(gray, face)
        if skin is None:
            # Nothing but shape speaks here, so every detector must be convinced.
            sure, votes = frontal and others == 2, others
        else:
            coloured = _mean(skin, face.grown(-0.2)) >= _SKIN_SHARE
            sure, votes = frontal and coloured and others >= 1, others + coloured
        return Sighting("face", face, round(0.5 + 0.12 * (frontal + votes), 2), sure)

    def _turned(self, flat: Gray, face: Rect) -> bool:
        """Whether the profile cascade agrees, to either side: it often knows frontal faces, too."""
        mirrored = Rect(flat.shape[1] - face.x - face.w, face.y, face.w, face.h)
        return _seen(self._profile, flat, face) or _seen(
            self._profile, np.ascontiguousarray(flat[:, ::-1]), mirrored
        )

    def _has_eyes(self, gray: Gray, face: Rect) -> bool:
        upper = Rect(face.x, face.y, face.w, face.h * 0.6)
        patch = _enlarged(gray, upper, _EYES_PX)
        return len(self._eyes.detectMultiScale(patch, 1.05, 3, minSize=(24, 24), maxSize=(64, 64))) > 0


def _seen(detector: cv2.CascadeClassifier, flat: Gray, face: Rect) -> bool:
    patch = _enlarged(flat, face.grown(_MARGIN), round(_FACE_PX * (1 + 2 * _MARGIN)))
    least = round(_FACE_PX * 0.6)
    return len(detector.detectMultiScale(patch, 1.05, 2, minSize=(least, least))) > 0


def _enlarged(gray: Gray, part: Rect, width: int) -> Gray:
    patch = gray[part.window(gray.shape[1], gray.shape[0])]
    height = max(1, round(patch.shape[0] * width / patch.shape[1]))
    return np.asarray(cv2.resize(patch, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _colourless(image: Image) -> bool:
    coarse = image[::4, ::4].astype(np.int16)
    return bool(np.ptp(coarse, axis=2).mean() < _GRAYISH)


def _skin_mask(image: Image) -> Gray:
    """1 where the colour is that of skin, else 0."""
    coded = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb)
    return np.asarray(cv2.inRange(coded, _SKIN_LOW, _SKIN_HIGH) // 255, np.uint8)


def _where(skin: Gray, smallest: int) -> Rect | None:
    """The part of the picture that can hold a face `smallest` px wide, for most of a face is skin."""
    density = cv2.blur(skin.astype(np.float32), (smallest // 2, smallest // 2))
    rows, columns = np.nonzero(density >= _SKIN_SHARE)
    if not len(rows):
        return None
    left, top = float(columns.min()), float(rows.min())
    return Rect(left, top, float(columns.max()) - left, float(rows.max()) - top).padded(2 * smallest)


def _mean(mask: Gray, part: Rect) -> float:
    return float(mask[part.window(mask.shape[1], mask.shape[0])].mean())
