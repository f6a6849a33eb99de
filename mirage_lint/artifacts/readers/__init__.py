"""One format to a file; `mirage_lint.artifacts.READERS` lists them in order."""
