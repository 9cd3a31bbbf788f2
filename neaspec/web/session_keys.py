"""The keys under which pages keep something in the state of a session; no other file writes one as a text.

Keys of boxes of choices hold what the browser sent last; the rest lives for one run of a page or for the session.
"""

# of one run of a page
RUN_ASK = "_run_ask"  # the Ask of this run: one database and one "as known at" from the first question to the last
HEAD = "_head"  # the place above the choices for the title, None until it is reserved
REFUSED = "_refused"  # sentences about choices in the address that there are not

# of the session: what holds for all pages
AS_KNOWN = "_as_known"  # key of the meeting looked back to, "today" if none
AS_KNOWN_NAME = "_as_known_name"  # its short name, empty for today
AS_KNOWN_BOX = "choice as_known"

EDITION_KEPT = "_edition"  # number of the edition that is read, empty for the newest tables

DELEGATION = "_delegation"  # code of the State the reader is here for, empty for all member States
DELEGATION_BOX = "choice d"
SEARCH_BOX = "search"
TOOLS = "_tools"  # the place in the toolbar for what is known only when the page is composed

# of the page of field data
FIELD_ROUND = "field round"  # how often files were let go: the box for files begins anew with each
FIELD_SAMPLE = "field sample"  # whether the made-up sample is shown

# of the page of scenarios
SCENARIO_SHAPE = "scenario drawn"  # what was drawn in the window that is open: of what, and its corners

# of the page of tentative boundaries
BOUNDARY_DESK = "boundary desk"  # the drafts of this session


def box_key(choice: str) -> str:
    """Return the key of the box of a choice, from the name of the choice in the address."""
    return f"choice {choice}"


def own_input_key(name: str, part: str) -> str:
    """Return the key of the box in which a reader enters a part of an own input of scenarios."""
    return f"own {name} {part}"


def band_key(number: int, part: str) -> str:
    """Return the key of the box for a part of a band of distance of scenarios."""
    return f"band {number} {part}"
