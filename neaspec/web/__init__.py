"""The running app: server, addresses, frame and pages, downloads, uploads."""
