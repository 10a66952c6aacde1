"""The Discord frontend: accepts, refuses, enqueues. `worker.delivery.adapters.discord` brings the answers."""
