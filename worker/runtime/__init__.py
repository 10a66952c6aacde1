"""The worker programs: arq worker, jobs, step handlers, batcher, leases, metrics."""
