"""The box of the page of field data: files in, questions, progress, downloads; all of it in this session alone.

What one visitor gives is kept in a desk that belongs to the session: the framework clears it when the browser is gone.
Nothing goes through the caches that pages share, and no message of an error that could quote a cell is logged.
"""

import importlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import escape

from neaspec.blocks import Page
from neaspec.crossings.input.encodings import HOW_TO, OLD
from neaspec.crossings.model.reading import UTM_ZONE
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.privacy.rules import load_rules
from neaspec.errors import InputError, OutputError, OwnShareError, QueueFullError, StoppedError
from neaspec.files import MEGABYTE, MOST_FILES, MOST_MEGABYTES
from neaspec.paths import SAMPLE_DIR
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.sections.field_data import compare as field_data_compare
from neaspec.sections.field_data import results as field_data_results
from neaspec.sections.field_data.page import FILE_TYPES
from neaspec.web.asking import reader_party
from neaspec.web.choices import reserve_head
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels
from neaspec.web.result_downloads import downloads
from neaspec.web.session_keys import FIELD_ROUND, FIELD_SAMPLE
from neaspec.web.streamlit_internals import remove_uploaded, session_id
from neaspec.web.upload_jobs import MOST_SECONDS, UPLOAD_QUEUE, Upload, UploadEndedError, Work
from neaspec.web.upload_process import where
from neaspec.web.work_queue import Job

LOG = logging.getLogger("neaspec")
MOST_PROBLEMS = 30
MOST_RECOGNISED = 6  # files named in the second step; the report names all
OPEN = ""
ANY_FILE = ""  # of Answers.encoding: every text that is not UTF-8
ENCODING = "field encoding"
STAGES = ("reading", "crossings", "page")
SECONDS_BETWEEN = 0.2  # two looks at how far the work is


@dataclass
class UploadSession:
    """What a session works on. Exact positions are never kept here: only what is public is."""

    key: object = None  # what was given, with all answers
    worked: Any = None
    problems: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # problems of files that were let go, shown until others are dropped
    asked: dict[tuple[str, str], Any] = field(default_factory=dict)  # questions of these files, answered ones included
    undeclared: list[str] = field(default_factory=list)  # data sets with stations that declare no country
    files_key: object = None
    pages: dict[object, Page] = field(default_factory=dict)
    job: Job[Work] | None = None  # the work on these files that goes on now

    def clear(self) -> None:
        """Forget everything, and end what is worked on."""
        if self.job is not None:
            self.job.stop()
        self.__init__()  # type: ignore[misc]


@st.cache_resource(scope="session", on_release=UploadSession.clear, show_spinner=False)
def upload_session() -> UploadSession:
    """Return the desk of this session; it is cleared when its browser is gone."""
    return UploadSession()


def offer_upload() -> Page | None:
    """Let the reader drop files, answer what they do not say, and take results away; return the page of the results.

    None if there is nothing to show: no file, or files that cannot be read (which is said).
    """
    text, on_desk = words(), upload_session()
    reserve_head()  # the title stands above the box
    first, second, third = _steps()
    with first:
        given, is_made_up = _given()
    if not given:
        problems = on_desk.told
        on_desk.clear()
        on_desk.told = problems
        with first:
            _tell(problems)
        _explain(second, "field_data.step_check_text")
        _explain(third, "field_data.step_results_text")
        return None
    with first:
        problem = _refused(given)
        if problem:
            _let_go(on_desk, given, [problem])
    with second:
        _check(on_desk, given, is_made_up)
        if on_desk.problems:
            _tell(on_desk.problems)
            return None
        _recognised(on_desk.worked)
    with third:
        compared = _compared(field_data_compare.data_sets(on_desk.worked))
        page = on_desk.pages.get(compared)
        if page is None:
            page = field_data_results.results_page(ask(), text, on_desk.worked, compared, is_made_up)
            on_desk.pages[compared] = page
        _offer_downloads(page, on_desk.worked, is_made_up)
    return page


def _steps() -> list[Any]:
    """Return the places of the three steps, in one row under their names."""
    with st.container(key="nc-upload"):
        places = st.columns(3, gap="medium", border=True)
    for place, name in zip(places, ("choose", "check", "results"), strict=True):
        place.html(from_template("text", "step", words()(f"field_data.step_{name}")))
    return list(places)


def _explain(place: Any, key: str) -> None:
    """Say what a step will show."""
    place.html(from_template("text", "note", words()(key)))


def _check(on_desk: UploadSession, given: Sequence[tuple[str, str, bytes]], is_made_up: bool) -> None:
    """Work out what was given, and ask what the files do not say."""
    files_key = tuple((name, key) for name, key, _ in given)
    if files_key != on_desk.files_key:
        on_desk.clear()
        on_desk.files_key = files_key
    answers = _answers(on_desk)
    _work(on_desk, given, answers)
    if set(on_desk.asked) - answers["asked"] or set(on_desk.undeclared) - answers["undeclared"]:
        st.rerun()  # what is asked stands above
    if on_desk.problems and not is_made_up:
        _let_go(on_desk, given, on_desk.problems)


def _recognised(worked: Any) -> None:
    """Say of each file as what it was read, and how many of its rows were used; names of files hold no position."""
    text = words()
    lines = [
        text(
            "field_data.recognised_line",
            source=redact(table.source),
            standard=text.term("standard", table.standard),
            records=text.number(table.records),
            rows=text.number(table.rows),
        )
        for table in worked.recognised[:MOST_RECOGNISED]
    ]
    more = len(worked.recognised) - MOST_RECOGNISED
    lines += [text("field_data.recognised_more", count=more)] if more > 0 else []
    st.html(from_template("text", "lines", lines))


def _compared(names: Sequence[str]) -> tuple[str, str] | None:
    """Let the reader choose two data sets to set side by side; None if there are not two."""
    if len(names) < 2:
        return None
    text = words()
    with st.container(horizontal=True):
        first = st.selectbox(plain(text("field_data.compare_first")), names, key="field first")
        others = [name for name in names if name != first]
        second = st.selectbox(plain(text("field_data.compare_second")), others, key="field second")
    return str(first), str(second)


def _offer_downloads(page: Page, worked: Any, is_made_up: bool) -> None:
    """Let the reader take results away; each file is made when it is asked for."""
    text = words()
    st.html(f"<p><strong>{escape(text('field_data.downloads'))}</strong></p>")
    with st.container(horizontal=True):
        for download in downloads(page, worked, ask(), text, is_made_up):
            st.download_button(
                plain(text(f"field_data.download_{download.key}")),
                data=partial(_calmly, download.make),
                file_name=download.file_name,
                mime=download.media_type,
                on_click="ignore",
                key=f"field download {download.key}",
            )


def _given() -> tuple[list[tuple[str, str, bytes]], bool]:
    """Return (name, key, content) of what is to be read, and whether it is the made-up sample."""
    text = words()
    said = text("field_data.step_choose_text", files=MOST_FILES, most=MOST_MEGABYTES)
    st.html(from_template("text", "note", said))
    dropped = st.file_uploader(
        plain(text("field_data.drop")),
        type=list(FILE_TYPES),
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=f"field files {st.session_state.get(FIELD_ROUND, 0)}",
    )
    with st.container(horizontal=True):
        is_made_up = bool(st.session_state.get(FIELD_SAMPLE)) and not dropped
        st.button(
            plain(text("field_data.sample_off" if is_made_up else "field_data.sample")),
            key="field sample button",
            on_click=_turn_sample,
            disabled=bool(dropped),
        )
        st.download_button(
            plain(text("field_data.template")),
            data=partial(_calmly, _template),
            file_name="neaspec-field-data-template.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key="field template",
        )
    on_desk = upload_session()
    if dropped or on_desk.told or on_desk.problems:
        _choose_encoding()
    if dropped:
        return [(file.name, file.file_id, file.getvalue()) for file in dropped], False
    if is_made_up:
        return [(name, "sample", data) for name, data in sample_files().items()], True
    return [], False


def _choose_encoding() -> None:
    """Let the reader say how text is written that is not UTF-8, where it is not to be found out."""
    text = words()
    st.selectbox(
        plain(text("field_data.encoding")),
        (OPEN, *OLD),
        format_func=lambda code: text(f"field_data.encoding_{code or 'open'}"),
        key=ENCODING,
    )


def sample_files() -> dict[str, bytes]:
    """Return the made-up files to try the page with: name -> content."""
    paths = [path for path in sorted(SAMPLE_DIR.iterdir()) if path.suffix in (".zip", ".csv")]
    return {path.name: path.read_bytes() for path in paths}


def _turn_sample() -> None:
    st.session_state[FIELD_SAMPLE] = not st.session_state.get(FIELD_SAMPLE)


def _template() -> bytes:
    # by name: most visitors drop no field data
    content: bytes = importlib.import_module("neaspec.crossings.readers.template_workbook").template_file(words())
    return content


def _calmly(make: Callable[[], bytes]) -> bytes:
    """Make a file; if that fails, neither message nor values reach the log: they could quote a cell."""
    try:
        return make()
    except Exception as problem:
        LOG.error("a file of field data could not be made: %s at %s", type(problem).__name__, where(problem))
    raise OutputError(words()("common.failed"))


def _refused(given: Sequence[tuple[str, str, bytes]]) -> str:
    """Say why files are too many or too large; empty if they are not."""
    size = sum(len(data) for _, _, data in given) / MEGABYTE
    if len(given) > MOST_FILES:
        return words()("field_data.too_many", count=len(given), most=MOST_FILES)
    if size > MOST_MEGABYTES:
        return words()("field_data.too_large", size=words().number(size, 0), most=MOST_MEGABYTES)
    return ""


def _answers(on_desk: UploadSession) -> dict[str, Any]:
    """Ask what the files do not say; return the answers given so far."""
    text = words()
    answers: dict[str, Any] = {"asked": set(on_desk.asked), "undeclared": set(on_desk.undeclared)}
    answers |= {"day_first": {}, "utm_zone": {}, "country": {}, "encoding": {}}
    encoding = st.session_state.get(ENCODING, OPEN)
    if encoding:
        answers["encoding"][ANY_FILE] = encoding
    if on_desk.asked:
        st.html(
            f"<p><strong>{escape(text('field_data.questions'))}</strong> "
            f"{escape(text('field_data.questions_text'))}</p>"
        )
    for question in on_desk.asked.values():
        label = text(
            f"field_data.ask_{question.kind}",
            source=question.source,
            column=question.column,
            example=question.example,
        )
        key = f"field answer {question.kind} {question.source}"
        if question.kind == "day_or_month_first":
            answer = st.selectbox(plain(label), (OPEN, "day", "month"), format_func=_order_words, key=key)
            if answer:
                answers["day_first"][question.source] = answer == "day"
        else:
            zone = st.text_input(plain(label), key=key, max_chars=3).strip().upper()
            if UTM_ZONE.fullmatch(zone):
                answers["utm_zone"][question.source] = zone
    if on_desk.undeclared:
        countries = {OPEN: text("field_data.country_open")} | labels("member_states", "country_code", "name")
        with st.container(horizontal=True):
            for name in on_desk.undeclared:
                label = plain(text("field_data.ask_country", data_set=name))
                code = st.selectbox(
                    label, list(countries), format_func=lambda code: countries[code], key=f"field country {name}"
                )
                if code:
                    answers["country"][name] = code
    return answers


def _order_words(answer: str) -> str:
    return words()(f"field_data.answer_{answer or 'open'}")


def _work(on_desk: UploadSession, given: Sequence[tuple[str, str, bytes]], answers: dict[str, Any]) -> None:
    """Read and work out what was given, unless exactly this was done already."""
    stated = {kind: answers[kind] for kind in ("day_first", "utm_zone", "country", "encoding")}
    key = (on_desk.files_key, str(stated), ask().version)
    if key == on_desk.key:
        return
    on_desk.key, on_desk.worked, on_desk.problems = None, None, []
    on_desk.pages.clear()
    bar = st.progress(0.0)
    try:
        on_desk.worked, on_desk.undeclared = _worked(on_desk, given, stated, bar)
        asked = on_desk.worked.questions
        on_desk.asked |= {(question.kind, question.source): question for question in asked}
        _step(bar, "page")
    except InputError as problem:
        on_desk.problems = list(problem.problems)
        if any(HOW_TO in sentence for sentence in problem.problems):
            on_desk.problems.append(words()("field_data.state_encoding", choice=words()("field_data.encoding")))
    except UploadEndedError as problem:
        on_desk.problems = [words()(f"field_data.{problem}", minutes=MOST_SECONDS // 60)]
    except OwnShareError:
        on_desk.problems = [words()("common.own_share")]
    except (QueueFullError, StoppedError):  # stopped: the server or this session ends
        on_desk.problems = [words()("field_data.too_many_waiting")]
    except Exception as problem:
        # Neither message nor values: they could quote a cell.
        LOG.error("field data could not be worked out: %s at %s", type(problem).__name__, where(problem))
        on_desk.problems = [words()("field_data.cannot_now")]
    on_desk.key = key  # a run that was stopped before leaves none: the next one works again
    bar.empty()


def _worked(on_desk: UploadSession, given: Sequence[tuple[str, str, bytes]], answers: dict[str, Any], bar: Any) -> Work:
    """Wait for an upload to be worked out, saying how far it is; a run that is stopped meanwhile ends it."""
    upload = Upload([(name, data) for name, _, data in given], answers, load_rules(ask()))
    with UPLOAD_QUEUE.joined(object(), upload, reader_party()) as job:
        on_desk.job = job
        while not job.wait(SECONDS_BETWEEN):
            place = UPLOAD_QUEUE.place(job)
            # Said again and again: the framework stops a run only when it says something.
            if place:
                bar.progress(0.0, plain(words()("field_data.stage_waiting", count=place)))
            else:
                _step(bar, *(job.step or STAGES[:1]))
        on_desk.job = None
        return job.result()


def _step(bar: Any, stage: str) -> None:
    """Show how far the work is."""
    bar.progress((STAGES.index(stage) + 0.5) / len(STAGES), plain(words()(f"field_data.stage_{stage}")))


def _let_go(on_desk: UploadSession, given: Sequence[tuple[str, str, bytes]], problems: list[str]) -> None:
    """Take files that cannot be used out of the memory and the box, and say why."""
    remove_uploaded(session_id(), [key for _, key, _ in given])
    st.session_state[FIELD_ROUND] = st.session_state.get(FIELD_ROUND, 0) + 1
    on_desk.clear()
    on_desk.told = problems
    st.rerun()


def _tell(problems: Sequence[str]) -> None:
    """Say what is wrong with files, all at once."""
    if not problems:
        return
    text = words()
    more = len(problems) - MOST_PROBLEMS
    listed = [*problems[:MOST_PROBLEMS], *([text("field_data.problems_more", count=more)] if more > 0 else [])]
    # Problems quote names of files and cells, and those may hold a position.
    items = "".join(f"<li>{escape(redact(problem))}</li>" for problem in listed)
    said = f"<p>{escape(text('field_data.cannot'))}</p><ul>{items}</ul>"
    st.html(f'<div class="nc-notice nc-caution" role="alert">{said}</div>')
