"""Sizes of files, and how much field data one session may give: one place for the page, the server and the readers."""

MEGABYTE = 1024 * 1024  # bytes, as server.maxUploadSize of the framework counts them
MOST_MEGABYTES = 200  # of all files of one session together; .streamlit/config.toml says the same
MOST_FILES = 20  # of one session
