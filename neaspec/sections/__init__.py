"""One file per subject: choices in, blocks out. Nothing here knows Streamlit or files."""
