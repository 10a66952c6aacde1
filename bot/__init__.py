"""Frontends: they accept, refuse and enqueue. Delivery adapters in `worker` bring the answers."""
