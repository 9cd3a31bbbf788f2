"""The search: terms of a text, the index made at the build, what a reader typed as SQL parameters."""
