"""The pages of experiments: begin, follow against the ceilings, extend once, stop or scale."""
