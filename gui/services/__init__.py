"""Services of the window: threads for slow work, settings, passwords, the cameras of this computer, thumbnails, the engine."""
