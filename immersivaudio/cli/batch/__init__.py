"""`immersivaudio score` over many clips: processes side by side, one table, one summary, and it can go on."""
