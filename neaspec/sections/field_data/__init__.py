"""The page of field data: what can be dropped, and what came of it."""
