"""Object detection: labels and boxes a frame."""
