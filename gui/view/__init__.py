"""From frames and numbers to what is shown: images, geometry of the views, texts."""
