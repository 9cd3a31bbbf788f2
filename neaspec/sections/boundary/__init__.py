"""Tentative boundary of a shared area: drafts of a reader side by side, and what each holds."""
