"""`immersivaudio up`: every program on one machine, kept running."""
