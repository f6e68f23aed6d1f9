"""Files as they arrive, opened into text: plain text, Word, PDF."""
