"""The Discord frontend: accepts, refuses, enqueues. `worker.couriers.discord` brings the answers."""
