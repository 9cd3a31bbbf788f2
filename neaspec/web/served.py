"""What is served: our addresses beside the pages."""

TABLE, TAKE, SCRIPT, GROUND, HEALTH, READY = "table", "take", "script", "ground", "health", "ready"
PREVIEW = "preview"
OUR_NAMES = frozenset({HEALTH, READY})
OUR_FOLDERS = tuple(f"{folder}/" for folder in (TABLE, TAKE, PREVIEW, SCRIPT, GROUND))
