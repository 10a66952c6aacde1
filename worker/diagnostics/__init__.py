"""`immersivaudio doctor --live`: a clip through the running service, one line for each hop."""
