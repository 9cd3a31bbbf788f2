"""A page on the screen: planned as plain pieces, then sent through Streamlit."""
