"""One file per output: blocks in, an output out. Nothing here knows SQL."""
