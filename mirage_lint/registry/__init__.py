"""The registry: claims.toml and the artifacts it names, made into facts, kept in claims.lock."""
