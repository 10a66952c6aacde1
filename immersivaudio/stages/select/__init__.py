"""Best-frame selection: the most representative frame of the clip and of every shot."""
