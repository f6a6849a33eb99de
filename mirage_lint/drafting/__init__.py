"""A first ``claims.toml`` from what a repository holds: found, judged, grouped, written down."""
