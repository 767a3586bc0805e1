"""Where batches come from. Every source is one file and one line in `training.data.sources`."""
