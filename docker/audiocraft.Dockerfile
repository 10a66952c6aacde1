# The worker for IMMERSIVAUDIO_GENERATE=audiocraft and IMMERSIVAUDIO_SOUNDS=audiogen: audiocraft's pins go with nothing
# else of ours, so it is an image and a queue of its own (docs/neural.md).
#   docker build -f docker/audiocraft.Dockerfile .
# Renewed by docker/renew_digests.py; another base by --build-arg PYTHON=...
ARG PYTHON=python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
FROM ${PYTHON}
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    IMMERSIVAUDIO_QUEUE_DATA=/data \
    IMMERSIVAUDIO_WORKER_HEALTH_HOST=0.0.0.0 \
    IMMERSIVAUDIO_WORKER_HEALTH_PORT=8080
WORKDIR /src
COPY requirements/audiocraft.txt requirements/audiocraft.txt
RUN pip install --no-deps --require-hashes -r requirements/audiocraft.txt
COPY pyproject.toml README.md LICENSE ./
COPY immersivaudio immersivaudio
COPY worker worker
COPY bot bot
RUN pip install --no-deps .
RUN groupadd --gid 10001 immersivaudio \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data immersivaudio \
    && install -d -o 10001 -g 10001 -m 0700 /data /scratch
USER 10001:10001
WORKDIR /data
ENV TMPDIR=/scratch
VOLUME ["/data", "/scratch"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "worker.healthy"]
CMD ["python", "-m", "worker", "run"]
