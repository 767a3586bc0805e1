"""What a picture is: frames on the host or on a device, colour, and pixels for screens."""
