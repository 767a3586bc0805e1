"""What takes cameras and settings to the widgets, and what the user does back to them; none of these knows the window."""
