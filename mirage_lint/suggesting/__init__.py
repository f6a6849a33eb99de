"""Registry lines for claims that no fact covers: what fits them by value and by name."""
