"""How the example's artifacts are made: one module a kind, each a pure function of nothing."""
