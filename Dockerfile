# Spotter in a container: what is pinned in requirements.txt, every file checked against its hash, then the program.
# The digest is that of python:3.12-slim (3.12.14, Debian trixie), of all platforms: docs/operating.md says how to take
# a newer one.
FROM python:3.12-slim@sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea

WORKDIR /srv/spotter
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY cogs ./cogs
COPY seeds ./seeds
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --editable . \
    && python -m pip --disable-pip-version-check check \
    && useradd --uid 10001 --create-home --home-dir /data spotter
USER 10001
WORKDIR /data
ENV PYTHONUNBUFFERED=1
# In Discord, and the archive can be read; the first start builds the archive before it goes there.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["spotter", "health"]
CMD ["spotter", "run"]
