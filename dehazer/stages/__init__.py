"""What happens between the network and the pixels."""
