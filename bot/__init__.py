"""Frontends: they accept, refuse and enqueue. Couriers in `worker` bring the answers."""
