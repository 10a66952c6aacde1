"""What the page says besides what every frontend says, one catalogue a language."""
