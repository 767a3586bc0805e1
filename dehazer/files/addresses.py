"""Addresses of live pictures: the URL schemes that can be opened, and how cameras of this machine are named."""

from __future__ import annotations

URL_SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "tcp", "tls", "rtp", "rtmp", "rtmps", "srt", "mms", "mmsh")
CAMERA_PREFIXES = ("camera:", "/dev/video")
