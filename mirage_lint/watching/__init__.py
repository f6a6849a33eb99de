"""Documents and registries that are looked at again and again, and what is told each time."""
