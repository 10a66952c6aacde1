"""Frame extraction: one decode pass gives sampled frames, shots, moments and curves."""
