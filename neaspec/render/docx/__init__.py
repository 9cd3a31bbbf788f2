"""A page as a Word file: real headings and tables, the pictures of the PDF, sources once at the end."""
