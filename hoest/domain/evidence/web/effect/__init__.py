"""The effect page of a benefit, all effects in one list, and the runs over them."""
