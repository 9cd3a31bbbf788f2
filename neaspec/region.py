"""The region in codes and numbers: the member States, what belongs to them, and how far the land of the region reaches.

Codes are ISO 3166-1 alpha-3, in United Nations usage.
"""

MEMBERS = ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS")
# Units with a code of their own that United Nations usage names as parts of a State.
PARTS_OF_STATES = {"TWN": "CHN", "HKG": "CHN", "MAC": "CHN"}
# Degrees: west, south, east, north; longitudes go on beyond 180. The borders of data/geo end here.
REGION_BOUNDS = (60.0, -11.0, 191.0, 82.0)
