"""What can go wrong in the music room; it imports nothing of ours, so its errors are its own."""


class MusicError(Exception):
    """Base of every error the music room raises on purpose: one plain line, the problem and the remedy."""


class SoundFontError(MusicError):
    """The SoundFont is missing, broken or hostile."""


class UnknownInstrumentError(MusicError):
    """A score asks for a player that is not in `immersivaudio.music.instruments.TABLE`."""
