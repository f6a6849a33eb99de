"""Claims in context to bindings: which facts a claim is about, and whether they bear it out."""
