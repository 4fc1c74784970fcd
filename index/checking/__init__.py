"""The check of a pasted text: its quotations and document numbers held against the collection."""
