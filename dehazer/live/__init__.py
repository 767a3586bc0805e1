"""Live sessions: one camera, stream or file, dehazed as it comes; and what several sessions share."""
