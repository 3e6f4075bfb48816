# The service in a container (the command line too: docker run --rm -v "$PWD:/work" -w /work extractor extract invoice.pdf)
#
#   docker build -t extractor .
#   docker run --rm -p 127.0.0.1:8000:8000 -v extractor-data:/data extractor
#
# It listens on all addresses of the container. Before its port is published to other machines, set
# EXTRACTOR_ACCESS=keys and make keys: docker exec CONTAINER extractor keys create (docs/operations.md).
FROM python:3.12-slim AS build
COPY . /source
RUN python -m venv /opt/extractor \
 && /opt/extractor/bin/pip install --no-cache-dir -c /source/constraints.txt "/source[servers,telemetry]"

FROM python:3.12-slim
COPY --from=build /opt/extractor /opt/extractor
RUN useradd --system --uid 10001 --create-home extractor \
 && install -d -o extractor -g extractor -m 0700 /data
ENV PATH=/opt/extractor/bin:$PATH \
    EXTRACTOR_DATA_DIR=/data \
    EXTRACTOR_HOST=0.0.0.0 \
    EXTRACTOR_PORT=8000 \
    EXTRACTOR_LOG_FORMAT=json
USER extractor
VOLUME /data
EXPOSE 8000
# A stop waits for running documents (EXTRACTOR_STOP_SECONDS, 30): give `docker stop` more than that (-t 45).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"EXTRACTOR_PORT\"]}/ready', timeout=4)"]
ENTRYPOINT ["extractor"]
CMD ["serve"]
