"""The rows, by what is filmed. V and A are of the music: docs/decisions/0145-feeling-from-what-happens.md has
the sources."""
