"""A page as a slide deck: native charts and tables, sources in the speaker notes."""
