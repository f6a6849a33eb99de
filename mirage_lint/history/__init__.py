"""Which side of a finding was touched last, where git knows: the line, or the artifact's value."""
