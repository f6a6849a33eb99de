"""A report as pages of HTML: each document as readers know it, with what its claims rest on."""
