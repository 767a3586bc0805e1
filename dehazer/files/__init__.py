"""Facts about files and addresses, each stated once: suffixes, containers, schemes, checks of paths."""
