"""Documents against each other: what two of them tell of the same thing, without a registry."""
