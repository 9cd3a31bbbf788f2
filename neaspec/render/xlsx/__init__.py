"""A page as a spreadsheet: one tab a table, with its native chart."""
