"""Rectangles in pixels, and how two of them share their place."""

from dataclasses import dataclass

from immersivaudio.values import Box


@dataclass(frozen=True, slots=True, order=True)
class Rect:
    """Left, top, width and height, px. May reach outside the picture until `shares` clips it."""

    x: float
    y: float
    w: float
    h: float

    @property
    def area(self) -> float:
        return self.w * self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def scaled(self, factor: float) -> "Rect":
        return Rect(self.x * factor, self.y * factor, self.w * factor, self.h * factor)

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, share: float) -> "Rect":
        """Wider and higher by `share` of its size on every side; negative shrinks."""
        return Rect(
            self.x - share * self.w,
            self.y - share * self.h,
            self.w * (1 + 2 * share),
            self.h * (1 + 2 * share),
        )

    def padded(self, border: float) -> "Rect":
        """Wider and higher by `border` px on every side."""
        return Rect(self.x - border, self.y - border, self.w + 2 * border, self.h + 2 * border)

    def window(self, width: int, height: int) -> tuple[slice, slice]:
        """Rows and columns of the part inside a picture of this size, px."""
        left, top = max(0, int(self.x)), max(0, int(self.y))
        right, bottom = min(width, int(self.x + self.w)), min(height, int(self.y + self.h))
        return slice(top, max(top, bottom)), slice(left, max(left, right))

    def shares(self, width: int, height: int) -> Box:
        """As shares of the picture's size, clipped to it."""
        return Box(
            left=max(0.0, self.x / width),
            top=max(0.0, self.y / height),
            right=min(1.0, (self.x + self.w) / width),
            bottom=min(1.0, (self.y + self.h) / height),
        )


def overlap(a: Rect, b: Rect) -> float:
    """Area that both cover, px²."""
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return max(0.0, wide) * max(0.0, high)


def iou(a: Rect, b: Rect) -> float:
    """Intersection over union, 0 to 1."""
    both = overlap(a, b)
    return both / (a.area + b.area - both) if both else 0.0


def nested(a: Rect, b: Rect) -> float:
    """Share of the smaller rectangle that lies inside the other, 0 to 1."""
    return overlap(a, b) / min(a.area, b.area)
