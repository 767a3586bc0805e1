# dehazer-video without a window, on the processor:
#
#     docker build --tag dehazer .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/data" dehazer in.mp4 out.mp4
#     docker run --rm --entrypoint dehazer-bench dehazer --quick
#
# It needs no network when it runs: add --network none where the input is a file. scripts/check_docker.py follows these lines.

FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.11-slim-bookworm
# Where PyTorch's wheels without CUDA lie; those of PyPI bring CUDA's libraries along.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
# What opencv-python, which is built with a window toolkit, is linked against.
RUN apt-get update && apt-get install --yes --no-install-recommends libgl1 libglib2.0-0 && rm -rf /var/lib/apt/lists/*
COPY --from=build /wheels /wheels
# The window is not used here: what only it needs is taken out again, in the layer that brought it.
RUN pip install --no-cache-dir --extra-index-url ${TORCH_INDEX} /wheels/*.whl && \
    pip uninstall --yes PyQt6 PyQt6-Qt6 PyQt6-sip && rm -rf /wheels
RUN useradd --create-home dehazer
# With --user there is no home folder; what is remembered between runs goes where everybody may write.
ENV XDG_CACHE_HOME=/tmp/cache XDG_CONFIG_HOME=/tmp/config
USER dehazer
WORKDIR /data
ENTRYPOINT ["dehazer-video"]
CMD ["--help"]
