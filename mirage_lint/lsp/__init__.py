"""A language server: what `check`, `explain` and their fixes know, told to editors."""
