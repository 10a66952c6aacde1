"""The worker programs: rendering in a sandboxed process, and delivery to the platforms.

- `runtime`: the arq worker, its roles and jobs, leases, the batcher, metrics.
- `sandbox`: the render process: limits, start, messages, kill.
- `rendering`: what runs inside it: the pipeline, thumbnails, stem archives.
- `delivery`: fetch, progress updates, results; one adapter a platform.
- `diagnostics`: `doctor --live`.
- `supervisor`: `immersivaudio up`, the embedded Redis.
- `commands`: submit a clip, delete a user's data.
"""
