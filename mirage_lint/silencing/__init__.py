"""What documents say about findings of theirs that are not to be told."""
