"""Pages of data sets."""
