"""How much of what documents say is held to facts, and what of the rest looks like a result."""
