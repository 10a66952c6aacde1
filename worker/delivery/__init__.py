"""Fetch clips from the platforms; deliver progress and results to them, one adapter a platform."""
