"""Who implements a document, when, and of whom the collection shows nothing."""
