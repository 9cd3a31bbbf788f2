"""What is served: our addresses beside the pages."""

TABLE, TAKE, GROUND, HEALTH, READY = "table", "take", "ground", "health", "ready"
PREVIEW, PASSAGE, SHARE, ATTACHMENT = "preview", "passage", "share", "attachment"
OUR_NAMES = frozenset({HEALTH, READY})
OUR_FOLDERS = tuple(f"{folder}/" for folder in (TABLE, TAKE, PREVIEW, PASSAGE, SHARE, GROUND, ATTACHMENT))
