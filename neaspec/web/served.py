"""What is served: our addresses beside the pages."""

TABLE, TAKE, GROUND, HEALTH, READY = "table", "take", "ground", "health", "ready"
PREVIEW = "preview"
OUR_NAMES = frozenset({HEALTH, READY})
OUR_FOLDERS = tuple(f"{folder}/" for folder in (TABLE, TAKE, PREVIEW, GROUND))
