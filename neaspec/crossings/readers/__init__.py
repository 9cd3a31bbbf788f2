"""One reader for each standard of field data; recognise.py says what files are, read.py reads them."""
