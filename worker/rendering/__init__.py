"""What the render process runs: the pipeline, and the files it hands back."""
