"""The HTTP API: programs submit clips, follow them and fetch results, on the frontends' common queue."""
