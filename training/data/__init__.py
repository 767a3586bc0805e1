"""Where batches come from. Every source is one function and one line in `training.data.sources`."""
