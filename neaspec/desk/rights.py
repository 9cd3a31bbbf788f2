"""What each role may do, in one table; every right is asked where the data are touched."""

from collections.abc import Mapping
from dataclasses import dataclass

from neaspec.desk.errors import NotAllowedError
from neaspec.desk.people import Person
from neaspec.desk.sentences import sentence

# State of a submission -> the action that leads on from it -> the state it leads to.
MOVES: Mapping[str, Mapping[str, str]] = {
    "draft": {"change": "draft", "submit": "submitted", "discard": "discarded"},
    "submitted": {"ask": "questions", "accept": "accepted", "decline": "declined", "take_back": "draft"},
    "questions": {"change": "questions", "answer": "submitted", "take_back": "draft"},
    "accepted": {"publish": "publishing", "reopen": "submitted"},
    "publishing": {},
    "noted": {"reopen": "submitted"},
    "declined": {},
    "discarded": {},
    "published": {},
}


@dataclass(frozen=True)
class Right:
    """Who may do something: these roles; is_own: a focal point to what they wrote for their own State alone."""

    roles: frozenset[str]
    is_own: bool = False


FOCAL = Right(frozenset({"focal_point"}), is_own=True)
REVIEW = Right(frozenset({"editor", "publisher"}))
RIGHTS: Mapping[str, Right] = {
    "draft": FOCAL,
    "change": FOCAL,
    "submit": FOCAL,
    "discard": FOCAL,
    "take_back": FOCAL,
    "answer": FOCAL,
    "ask": REVIEW,
    "accept": REVIEW,
    "decline": REVIEW,
    "reopen": REVIEW,
    "publish": Right(frozenset({"publisher"})),
    "withdraw_edition": Right(frozenset({"publisher"})),
    "export": Right(frozenset({"administrator"})),
}
SEEN_IN_REVIEW = frozenset({"submitted", "questions", "accepted", "noted", "declined", "publishing", "published"})


@dataclass(frozen=True)
class Owner:
    """Whose a submission is: the State it speaks for, who wrote it, and how far it has come."""

    country_code: str
    author: str
    state: str


def is_own(person: Person, owner: Owner) -> bool:
    """Tell whether somebody wrote a submission, for the State they stand for now."""
    return person.country_code == owner.country_code and person.address.casefold() == owner.author.casefold()


def may_see(person: Person, owner: Owner) -> bool:
    """Tell whether somebody may read a submission: its author always, the secretariat once it was submitted."""
    if person.role == "focal_point":
        return is_own(person, owner)
    return person.role in REVIEW.roles and owner.state in SEEN_IN_REVIEW


def require(person: Person, action: str, owner: Owner | None = None) -> None:
    """Refuse an action that the role does not have.

    A submission that may not be seen is refused in the words of one that is not there, so that nobody learns of it.

    Raises:
        NotAllowedError: if the person may not do it.
    """
    right = RIGHTS[action]
    if owner is not None and not may_see(person, owner):
        raise NotAllowedError(sentence("not_seen"))
    if person.role not in right.roles:
        raise NotAllowedError(
            sentence("role", action=repr(action), roles=" or ".join(sorted(right.roles)), role=person.role)
        )
    if right.is_own and owner is not None and not is_own(person, owner):
        raise NotAllowedError(sentence("author", action=repr(action)))


def next_state(state: str, action: str) -> str:
    """Return where an action leads.

    Raises:
        NotAllowedError: if it does not fit the state.
    """
    moves = MOVES[state]
    if action not in moves:
        key = "moves" if moves else "no_moves"
        raise NotAllowedError(sentence(key, state=state, action=repr(action), allowed=", ".join(moves)))
    return moves[action]
