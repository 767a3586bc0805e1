"""Parts of the window, each painting or arranging one thing."""
