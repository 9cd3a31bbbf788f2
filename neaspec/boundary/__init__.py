"""Tentative boundaries: drafts of a reader, read, checked, measured and written; nothing of them is stored."""
