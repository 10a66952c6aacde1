"""Errors of the music room, which imports no other room, so not the error tree either."""


class MusicError(Exception):
    """Base of every error the music room raises on purpose: one plain line, the problem and the remedy."""


class SoundFontError(MusicError):
    """The SoundFont is missing, broken or hostile."""


class UnknownInstrumentError(MusicError):
    """A score asks for a player that is not in `immersivaudio.music.instruments.TABLE`."""
