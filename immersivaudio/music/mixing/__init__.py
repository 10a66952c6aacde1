"""The desk: where each part sits, one shared room, and curves that follow the film and make room for hits."""
