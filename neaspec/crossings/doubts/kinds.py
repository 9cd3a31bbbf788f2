"""What each doubt does. The one list; its words are in assets/text/en/doubts.toml (name, why, what the holder can do).

A doubtful record is used and told. What it can never do is make a crossing confirmed.
"""

from typing import Literal, get_args

from neaspec.crossings.model.records import DoubtCode

# not_confirmed: the record supports no confirmed crossing. order_uncertain: nor is its place in time relied on.
# wider_border_zone: its position is taken as that much less exact. joined: two names were taken as one animal.
# told: nothing was changed.
Effect = Literal["not_confirmed", "order_uncertain", "wider_border_zone", "joined", "told"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
KINDS: dict[DoubtCode, Effect] = {
    "too_fast": "not_confirmed",
    "two_places_at_once": "not_confirmed",
    "clock_said_wrong": "order_uncertain",
    "clock_reset": "order_uncertain",
    "clock_rollover": "not_confirmed",
    "long_silence": "not_confirmed",
    "before_the_device": "order_uncertain",
    "deployment_contradicts_itself": "not_confirmed",
    "contradicted_country": "not_confirmed",
    "obscured": "not_confirmed",
    "rounded": "wider_border_zone",
    "specimen": "not_confirmed",
    "lone_beyond_the_map": "told",
    "weak_match": "not_confirmed",
    "same_fixes": "told",
    "names_joined": "joined",
    "names_alike": "told",
    "country_not_known": "told",
}
WITHHOLDING = frozenset(code for code, effect in KINDS.items() if effect in ("not_confirmed", "order_uncertain"))
# The order of such records is uncertain; queries/crossings/supported.sql looks for these.
OF_CLOCKS = frozenset(code for code, effect in KINDS.items() if effect == "order_uncertain")
