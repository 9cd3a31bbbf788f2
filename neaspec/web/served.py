"""What is served: our addresses beside the pages."""

TABLE, TAKE, GROUND, HEALTH, READY, METRICS = "table", "take", "ground", "health", "ready", "metrics"
PREVIEW, PASSAGE, SHARE, ATTACHMENT = "preview", "passage", "share", "attachment"
OUR_NAMES = frozenset({HEALTH, READY, METRICS})
OUR_FOLDERS = tuple(f"{folder}/" for folder in (TABLE, TAKE, PREVIEW, PASSAGE, SHARE, GROUND, ATTACHMENT))
