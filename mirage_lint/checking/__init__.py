"""From documents that are named to findings that are told."""
