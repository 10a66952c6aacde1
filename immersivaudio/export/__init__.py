"""What an editor or a composer goes on with: sound files, MIDI, and timelines for the programs they use."""
