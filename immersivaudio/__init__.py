"""A clip goes in, a scored clip comes out."""

__version__ = "0.1.0"
