"""Submissions and their steps: each call is one transaction, and every right is asked in it.

Nothing is overwritten: a change is a new version, a step a new row of the trail. Whoever changes a text that somebody
changed meanwhile is told so, and both texts are kept.
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from neaspec.desk import chain
from neaspec.desk.clock import now
from neaspec.desk.coarse import coarse
from neaspec.desk.errors import ConflictError, DeskError, NotAllowedError, ReasonError
from neaspec.desk.kinds import KINDS, NOTED
from neaspec.desk.people import Person
from neaspec.desk.rights import REVIEW, SEEN_IN_REVIEW, Owner, may_see, next_state, require
from neaspec.desk.sentences import sentence
from neaspec.desk.tables import edition_rows, editions, steps, submissions, versions
from neaspec.desk.upgrade import writing

Content = Mapping[str, Any]
MOST_CHARACTERS = 100_000  # of one submission


@dataclass(frozen=True)
class Submission:
    """A submission as it stands: version is the number of the text that holds."""

    submission_id: str
    kind: str
    country_code: str
    author: str
    state: str
    version: int
    edition: int | None
    content: Content

    @property
    def owner(self) -> Owner:
        """Return whose it is."""
        return Owner(self.country_code, self.author, self.state)


@dataclass(frozen=True)
class Step:
    """One step of a submission or an edition: who did what when, about which version."""

    number: int
    action: str
    version: int | None
    note: str
    by: str
    at: str


class Store:
    """What the desk holds. clock: gives the time of now with its zone."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        """Take an engine of upgrade.open_store."""
        self.engine, self._clock = engine, clock

    # -- what a focal point does

    def draft(self, person: Person, kind: str, content: Content) -> Submission:
        """Begin a submission for the State of a focal point."""
        return self.draft_all(person, [(kind, content)])[0]

    def draft_all(self, person: Person, given: Sequence[tuple[str, Content]]) -> list[Submission]:
        """Begin several submissions, all of them or none."""
        require(person, "draft")
        for kind, _ in given:
            if kind not in KINDS:
                raise DeskError(sentence("kind", kind=repr(kind), kinds=[*KINDS]))
        drafted = []
        with writing(self.engine) as connection:
            for kind, content in given:
                submission_id = str(uuid.uuid4())
                row = {
                    "submission_id": submission_id,
                    "kind": kind,
                    "country_code": person.country_code,
                    "author": person.address,
                    "state": "draft",
                    "version": 1,
                }
                connection.execute(insert(submissions).values(row))
                self._keep(connection, submission_id, 1, 0, content, person)
                self._step(connection, person, "draft", submission_id=submission_id, version=1)
                drafted.append(self._read(connection, submission_id))
        return drafted

    def change(self, person: Person, submission_id: str, rests_on: int, content: Content) -> Submission:
        """Replace the text of a draft, or of one with questions, by a new version.

        Args:
            person: who writes.
            submission_id: of the submission.
            rests_on: the version that the person had before them.
            content: the new text.

        Raises:
            ConflictError: if another version holds by now; the text is kept beside it.
        """
        with writing(self.engine) as connection:
            known = self._read(connection, submission_id)
            require(person, "change", known.owner)
            next_state(known.state, "change")
            version = self._newest(connection, submission_id) + 1
            self._keep(connection, submission_id, version, rests_on, content, person)
            is_next = rests_on == known.version
            action = "change" if is_next else "keep_beside"
            self._step(connection, person, action, submission_id=submission_id, version=version)
            if is_next:
                self._set(connection, submission_id, version=version)
            changed = self._read(connection, submission_id)
        if not is_next:
            raise ConflictError(
                sentence("beside", theirs=known.version, before=rests_on, kept=version),
                known.version,
                version,
            )
        return changed

    def require_change(self, person: Person, submission_id: str) -> None:
        """Refuse who may not change a submission now, before anything of theirs is written."""
        with self.engine.connect() as connection:
            known = self._read(connection, submission_id)
        require(person, "change", known.owner)
        next_state(known.state, "change")

    def lead(self, person: Person, action: str, submission_id: str, version: int, note: str = "") -> Submission:
        """Lead a submission on: submit, discard, take_back, answer, ask, accept, decline, reopen.

        Args:
            person: who does it.
            action: what is done (see rights.MOVES); publishing is done by an edition.
            submission_id: of the submission.
            version: the one the person had before them: nobody accepts a text they have not seen.
            note: the question, the answer, the reason; asked for where something is asked, answered or declined.

        Raises:
            ConflictError: if another version holds by now.
            DeskError: if a reason is missing.
        """
        if action in ("change", "publish"):
            raise DeskError(sentence("action", action=repr(action)))
        if action in ("ask", "answer", "decline", "reopen") and not note.strip():
            raise ReasonError(sentence("reason", action=repr(action)))
        with writing(self.engine) as connection:
            known = self._read(connection, submission_id)
            require(person, action, known.owner)
            state = next_state(known.state, action)
            if state == "accepted" and known.kind in NOTED:
                state = "noted"  # it changes no table, so no edition will take it up
            if version != known.version:
                raise ConflictError(
                    sentence("version", holds=known.version, seen=version),
                    known.version,
                    version,
                )
            self._set(connection, submission_id, state=state)
            self._step(connection, person, action, submission_id=submission_id, version=version, note=note.strip())
            return self._read(connection, submission_id)

    # -- what is read

    def submission(self, person: Person, submission_id: str) -> Submission:
        """Return one submission.

        Raises:
            NotAllowedError: if there is none, or the person may not see it; in the same words.
        """
        with self.engine.connect() as connection:
            known = self._read(connection, submission_id)
        if not may_see(person, known.owner):
            raise NotAllowedError(sentence("not_seen"))
        return known

    def submissions(self, person: Person) -> list[Submission]:
        """Return the submissions that a person may see, the newest step last."""
        query = select(submissions, versions.c.content).join(
            versions,
            (versions.c.submission_id == submissions.c.submission_id) & (versions.c.version == submissions.c.version),
        )
        if person.role == "focal_point":
            query = query.where(submissions.c.country_code == person.country_code)
        elif person.role in REVIEW.roles:
            query = query.where(submissions.c.state.in_(SEEN_IN_REVIEW))
        else:
            return []
        newest = (
            select(steps.c.submission_id, func.max(steps.c.number).label("newest"))
            .group_by(steps.c.submission_id)
            .subquery()
        )
        query = query.join(newest, newest.c.submission_id == submissions.c.submission_id).order_by(newest.c.newest)
        with self.engine.connect() as connection:
            known = [_submission(dict(row)) for row in connection.execute(query).mappings()]
        return [submission for submission in known if may_see(person, submission.owner)]

    def trail(self, person: Person, submission_id: str) -> list[Step]:
        """Return the steps of a submission in their order."""
        self.submission(person, submission_id)
        query = select(steps).where(steps.c.submission_id == submission_id).order_by(steps.c.number)
        with self.engine.connect() as connection:
            return [_step(dict(row)) for row in connection.execute(query).mappings()]

    def texts(self, person: Person, submission_id: str) -> dict[int, Content]:
        """Return number -> text of all versions, those that were kept beside another included."""
        self.submission(person, submission_id)
        query = select(versions).where(versions.c.submission_id == submission_id).order_by(versions.c.version)
        with self.engine.connect() as connection:
            return {row["version"]: json.loads(row["content"]) for row in connection.execute(query).mappings()}

    def all_texts(self) -> list[Content]:
        """Return the texts of all versions of all submissions, for whoever looks after the desk."""
        with self.engine.connect() as connection:
            return [json.loads(text) for text in connection.execute(select(versions.c.content)).scalars()]

    def submitted_on(self, submission_id: str) -> str:
        """Return the day on which a submission was last submitted, ISO 8601 in UTC; empty if it never was."""
        query = select(func.max(steps.c.at)).where(steps.c.submission_id == submission_id, steps.c.action == "submit")
        with self.engine.connect() as connection:
            return str(connection.execute(query).scalar() or "")[:10]

    def faults(self) -> list[str]:
        """Return what is wrong with the trail; nothing for one that was only ever added to."""
        with self.engine.connect() as connection:
            stored = [dict(row) for row in connection.execute(select(steps).order_by(steps.c.number)).mappings()]
            texts = {
                (row["submission_id"], row["version"]): chain.content_hash(row["content"])
                for row in connection.execute(select(versions)).mappings()
            }
        changed = [
            f"version {step['version']} of {step['submission_id']} is not the text of step {step['number']}"
            for step in stored
            if step["content_hash"] and texts.get((step["submission_id"], step["version"])) != step["content_hash"]
        ]
        return [*chain.faults(stored), *changed]

    # -- editions (their files are written by editions.py)

    def prepare_edition(
        self,
        person: Person,
        name: str,
        rows: Mapping[tuple[str, int], list[tuple[str, str]]],
        checksums: tuple[str, str],
    ) -> int:
        """Write down an edition that is about to be published; return its number.

        Args:
            person: a publisher.
            name: of the edition.
            rows: (submission, version) -> (table, key) of each row that it adds or changes.
            checksums: of the published tables before and with the edition.

        Raises:
            DeskError: if a submission is not accepted any more.
        """
        require(person, "publish")
        with writing(self.engine) as connection:
            for submission_id, version in rows:
                known = self._read(connection, submission_id)
                next_state(known.state, "publish")
                if known.version != version:
                    raise ConflictError(sentence("text_moved"), known.version, version)
            number = (connection.execute(select(func.max(editions.c.number))).scalar() or 0) + 1
            connection.execute(
                insert(editions).values(
                    number=number,
                    name=name,
                    state="prepared",
                    checksum_before=checksums[0],
                    checksum=checksums[1],
                    by=person.address,
                    at=self._now(connection),
                )
            )
            for (submission_id, _), keys in rows.items():
                self._set(connection, submission_id, state="publishing", edition=number)
                for table, key in keys:
                    connection.execute(
                        insert(edition_rows).values(
                            edition=number, submission_id=submission_id, table_name=table, key=key
                        )
                    )
            return number

    def finish_edition(self, number: int) -> None:
        """Write down that the files of a prepared edition are in place; done again it changes nothing."""
        with writing(self.engine) as connection:
            edition = connection.execute(select(editions).where(editions.c.number == number)).mappings().one()
            if edition["state"] in ("published", "withdrawn"):
                return
            if edition["state"] != "prepared":
                raise DeskError(sentence("edition_state", number=number, state=edition["state"]))
            person = Person(edition["by"], "publisher")
            self._step(connection, person, "publish_edition", edition=number, note=edition["name"])
            for submission_id in self._of_edition(connection, number):
                version = self._read(connection, submission_id).version
                self._set(connection, submission_id, state="published")
                self._step(connection, person, "publish", submission_id=submission_id, version=version, edition=number)
            connection.execute(update(editions).where(editions.c.number == number).values(state="published"))

    def drop_edition(self, number: int) -> None:
        """Write down that a prepared edition was given up before any of its files was in place."""
        with writing(self.engine) as connection:
            edition = connection.execute(select(editions).where(editions.c.number == number)).mappings().one()
            if edition["state"] == "prepared":
                person = Person(edition["by"], "publisher")
                self._step(connection, person, "drop_edition", edition=number, note=edition["name"])
                for submission_id in self._of_edition(connection, number):
                    self._set(connection, submission_id, state="accepted", edition=None)
                connection.execute(update(editions).where(editions.c.number == number).values(state="dropped"))

    def require_withdrawal(self, person: Person, number: int, reason: str) -> None:
        """Refuse to withdraw an edition that is not the newest one that holds, without a reason, or without the right.

        Raises:
            DeskError: if it cannot be withdrawn.
        """
        require(person, "withdraw_edition")
        if not reason.strip():
            raise DeskError(sentence("withdraw_reason"))
        numbers = [edition["number"] for edition in self.editions() if edition["state"] == "published"]
        if number not in numbers:
            raise DeskError(sentence("edition_holds", number=number, numbers=numbers))
        if number != numbers[-1]:
            raise DeskError(sentence("edition_newest", number=number))

    def withdraw_edition(self, person: Person, number: int, reason: str) -> None:
        """Write down that an edition no longer holds; done again it changes nothing.

        Its submissions are accepted again, to be published anew.
        """
        require(person, "withdraw_edition")
        with writing(self.engine) as connection:
            edition = connection.execute(select(editions).where(editions.c.number == number)).mappings().one()
            if edition["state"] != "published":
                return
            self._step(connection, person, "withdraw_edition", edition=number, note=reason.strip())
            connection.execute(update(editions).where(editions.c.number == number).values(state="withdrawn"))
            for submission_id in self._of_edition(connection, number):
                version = self._read(connection, submission_id).version
                self._set(connection, submission_id, state="accepted", edition=None)
                self._step(
                    connection, person, "unpublish", submission_id=submission_id, version=version, edition=number
                )

    def rows_of_editions(self) -> list[tuple[int, str, str]]:
        """Return (edition, table, key) of all rows that editions which hold have added or changed."""
        query = (
            select(edition_rows.c.edition, edition_rows.c.table_name, edition_rows.c.key)
            .join(editions, editions.c.number == edition_rows.c.edition)
            .where(editions.c.state == "published")
            .order_by(edition_rows.c.edition, edition_rows.c.table_name, edition_rows.c.key)
        )
        with self.engine.connect() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def editions(self) -> list[dict[str, Any]]:
        """Return all editions in their order, as rows of the table."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(editions).order_by(editions.c.number)).mappings()]

    # -- inside a transaction

    def _now(self, connection: Connection) -> str:
        """Return the time of now; where a clock went back, that of the newest step."""
        newest = connection.execute(select(func.max(steps.c.at))).scalar() or ""
        return max(self._clock().astimezone(UTC).isoformat(timespec="milliseconds"), newest)

    def _read(self, connection: Connection, submission_id: str) -> Submission:
        query = (
            select(submissions, versions.c.content)
            .join(
                versions,
                (versions.c.submission_id == submissions.c.submission_id)
                & (versions.c.version == submissions.c.version),
            )
            .where(submissions.c.submission_id == submission_id)
        )
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotAllowedError(sentence("not_seen"))
        return _submission(dict(row))

    def _of_edition(self, connection: Connection, number: int) -> list[str]:
        query = select(submissions.c.submission_id).where(submissions.c.edition == number)
        return list(connection.execute(query.order_by(submissions.c.submission_id)).scalars())

    def _newest(self, connection: Connection, submission_id: str) -> int:
        query = select(func.max(versions.c.version)).where(versions.c.submission_id == submission_id)
        return int(connection.execute(query).scalar() or 0)

    def _keep(
        self,
        connection: Connection,
        submission_id: str,
        version: int,
        rests_on: int,
        content: Content,
        person: Person,
    ) -> None:
        text = json.dumps(coarse(content), ensure_ascii=False, sort_keys=True)
        if len(text) > MOST_CHARACTERS:
            raise DeskError(sentence("long", count=f"{len(text):,}", most=f"{MOST_CHARACTERS:,}"))
        row = {
            "submission_id": submission_id,
            "version": version,
            "rests_on": rests_on,
            "content": text,
            "by": person.address,
            "at": self._now(connection),
        }
        connection.execute(insert(versions).values(row))

    def _hash_of(self, connection: Connection, submission_id: str, version: int) -> str:
        query = select(versions.c.content).where(
            versions.c.submission_id == submission_id, versions.c.version == version
        )
        return chain.content_hash(connection.execute(query).scalar_one())

    def _set(self, connection: Connection, submission_id: str, **values: Any) -> None:
        connection.execute(update(submissions).where(submissions.c.submission_id == submission_id).values(values))

    def _step(
        self,
        connection: Connection,
        person: Person,
        action: str,
        *,
        submission_id: str | None = None,
        version: int | None = None,
        edition: int | None = None,
        note: str = "",
    ) -> None:
        newest = connection.execute(select(steps).order_by(steps.c.number.desc()).limit(1)).mappings().one_or_none()
        step = {
            "number": newest["number"] + 1 if newest else 1,
            "submission_id": submission_id,
            "edition": edition,
            "action": action,
            "version": version,
            "content_hash": self._hash_of(connection, submission_id, version) if submission_id and version else "",
            "note": note,
            "by": person.address,
            "at": self._now(connection),
            "hash_before": newest["hash"] if newest else chain.FIRST,
        }
        connection.execute(insert(steps).values({**step, "hash": chain.step_hash(step)}))


def _submission(row: Mapping[str, Any]) -> Submission:
    return Submission(
        row["submission_id"],
        row["kind"],
        row["country_code"],
        row["author"],
        row["state"],
        row["version"],
        row["edition"],
        json.loads(row["content"]),
    )


def _step(row: Mapping[str, Any]) -> Step:
    return Step(row["number"], row["action"], row["version"], row["note"], row["by"], row["at"])
