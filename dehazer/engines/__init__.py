"""What runs a network: one module per way of doing it, all behind `engine.Engine`."""
