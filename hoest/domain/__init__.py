"""The product: one folder per subject, all with the same anatomy."""
