"""Network cameras that speak ONVIF: found on the local network, and asked for the addresses of their streams.

Nothing here runs by itself: both functions are called when a user asks for them. What comes from the network is bounded in size,
number and time, and read by a parser that expands nothing.
"""

from __future__ import annotations

from dehazer.onvif.discovery import NetworkCamera, find_network_cameras
from dehazer.onvif.media import CameraStream, camera_streams

__all__ = ["CameraStream", "NetworkCamera", "camera_streams", "find_network_cameras"]
