"""Frontends: they accept, refuse and enqueue. Delivery adapters in `worker` send the answers."""
