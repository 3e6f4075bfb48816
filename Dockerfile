# The command line in a container: docker build -t extractor . && docker run --rm -v "$PWD:/work" extractor extract invoice.pdf
# (`serve` listens on the loopback address only, so in a container it is of use to that container alone.)
FROM python:3.12-slim
COPY . /source
RUN pip install --no-cache-dir -c /source/constraints.txt /source && rm -rf /source
RUN useradd --create-home reader
USER reader
WORKDIR /work
ENTRYPOINT ["extractor"]
CMD ["--help"]
