"""Changes of documents: tried in memory first, then made where they lie."""
