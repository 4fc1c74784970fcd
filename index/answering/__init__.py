"""From a question to evidence: which documents are meant, which spans of them answer, and whether that is enough."""
