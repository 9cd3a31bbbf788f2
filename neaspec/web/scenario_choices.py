"""The choices of the page of scenarios, all in the address; and the work on them, first a little, then the rest."""

import dataclasses

import streamlit as st

from neaspec.errors import OwnShareError, QueueFullError, StoppedError
from neaspec.render.screen.escape import plain
from neaspec.scenarios.model import DENSITIES, MOST_SCENARIOS, SPREADS, Case
from neaspec.scenarios.outcome import FIRST_RUNS, Outcome, is_worked_out, outcome_of
from neaspec.scenarios.refusals import refusals
from neaspec.scenarios.tornado import RESULTS
from neaspec.sections.scenarios import choices as of_address
from neaspec.sections.scenarios.choices import (
    AGES_HIT,
    COUNTED_WAYS,
    FIRST_AMOUNT,
    FIRST_BANDS,
    FIRST_RATE,
    PARTS,
    WAYS,
    ScenariosChoices,
)
from neaspec.sections.scenarios.page import asked_case, growth_of
from neaspec.sections.scenarios.sentences import growth_named
from neaspec.web.asking import reader_party
from neaspec.web.choices import choice_row, choose, choose_number, choose_pills, reserve_head
from neaspec.web.page_cache import words
from neaspec.web.reader import ask
from neaspec.web.scenario_bands import enter_bands
from neaspec.web.scenario_inputs import enter_inputs
from neaspec.web.scenario_shapes import offer_shape
from neaspec.web.work_queue import Job, WorkQueue

SCENARIO_QUEUE = WorkQueue.named("scenarios")
SECONDS_BETWEEN = 0.2  # two looks at how far the work is
NEVER = "0"  # of a year that is not set
AMOUNT_STEP = {"share": 0.5, "birds": 10.0, "line": 10.0, "units": 10.0}
DEFAULTS = ScenariosChoices()
NARROW, WIDE = 150, 200  # boxes, so that all of a row stand beside each other at 1280 pixels
FIRST_SIZE, FIRST_SLOPE = "5000", "-0.3"


def choose_scenario() -> ScenariosChoices:
    """Let the reader make a scenario; all of it stands in the address."""
    text = words()
    reserve_head()
    with choice_row():
        names = of_address.species_of(ask(), DEFAULTS)
        first = next(iter(names), "")
        species = choose("species", names, label="scenarios.choose_species", default=first, width=WIDE)
        ways = {way: text(f"scenarios.way_{way}") for way in WAYS}
        way = choose("way", ways, label="scenarios.choose_way", default=WAYS[0], width=WIDE)
        deaths: dict[str, str] = {}
        if way in FIRST_AMOUNT:
            deaths["amount"] = choose_number(
                "amount", label=f"scenarios.amount_{way}", default=FIRST_AMOUNT[way], step=AMOUNT_STEP[way], width=160
            )
        else:
            with st.popover(plain(text("scenarios.bands"))):
                deaths["bands"] = enter_bands(FIRST_BANDS)
        if way in FIRST_RATE:
            deaths["rate"] = choose_number(
                "rate",
                label=f"scenarios.rate_{way}",
                default=FIRST_RATE[way],
                step=0.01,
                note=f"scenarios.rate_note_{way}",
                width=160,
            )
        horizon = choose_number(
            "horizon", label="scenarios.choose_horizon", default=DEFAULTS.horizon, step=5, width=110
        )
        with st.popover(plain(text("scenarios.more"))):
            deaths |= _more(way)
        with st.popover(plain(text("scenarios.own_inputs"))):
            model = _model(species)
            own = enter_inputs(species)
        offer_shape(species)
    return ScenariosChoices(
        species_id=species,
        way=way,
        horizon=horizon,
        own=own,
        others=st.query_params.get("others", ""),
        **deaths,
        **model,
    )


def _more(way: str) -> dict[str, str]:
    """Let the reader choose what few need of deaths: ages, years, what is avoided, distances; and set one beside."""
    text = words()
    deaths: dict[str, str] = {}
    if way == "share":
        ages = {key: text(f"scenarios.ages_{key}") for key in AGES_HIT}
        deaths["ages"] = choose_pills("ages", ages, label="scenarios.choose_ages", default=DEFAULTS.ages) or ""
    with st.container(horizontal=True):
        deaths["start"] = choose_number("start", label="scenarios.choose_start", default=DEFAULTS.start, width=NARROW)
        deaths["end"], deaths["marked"] = _optional("end"), _optional("marked")
        deaths["effect"] = choose_number(
            "effect", label="scenarios.choose_effect", default=DEFAULTS.effect, step=0.1, width=NARROW
        )
    with st.container(horizontal=True):
        deaths["young_loss"] = _optional("young_loss")
        if way == "line":
            deaths["found"] = choose_number("found", label="scenarios.choose_found", default="100", step=5)
        if way == "units":
            deaths["avoided"] = _optional("avoided", step=5)
        if way in COUNTED_WAYS:
            stays = {"": text("scenarios.stays_share"), "1": text("scenarios.stays_number")}
            deaths["stays"] = choose("stays", stays, label="scenarios.choose_stays", default="") or ""
    if way != "bands":
        with st.expander(plain(text("scenarios.bands_beside"))):
            deaths["bands"] = enter_bands("")
    with st.container(horizontal=True):
        count = len([line for line in st.query_params.get("others", "").split(of_address.SCENARIO_SIGN) if line])
        st.button(
            plain(text("scenarios.set_beside")),
            key="scenario beside",
            on_click=_set_beside,
            disabled=count + 1 >= MOST_SCENARIOS,
        )
        st.button(plain(text("scenarios.clear_beside")), key="scenario alone", on_click=_clear, disabled=not count)
    return deaths


def _model(species: str) -> dict[str, str]:
    """Let the reader choose how it is run: runs, seed, spread, fit, density dependence, and what is shown."""
    text = words()
    model: dict[str, str] = {}
    with st.container(horizontal=True):
        model["runs"] = choose_number("runs", label="scenarios.choose_runs", default=DEFAULTS.runs, step=1000)
        model["seed"] = choose_number("seed", label="scenarios.input_seed", default=DEFAULTS.seed)
        model["below"] = _optional("below", step=500)
    with st.container(horizontal=True):
        spreads: dict[str, str] = {key: text(f"scenarios.spread_{key}") for key in SPREADS}
        model["spread"] = choose("spread", spreads, label="scenarios.choose_spread", default=DEFAULTS.spread)
        model["correlation"] = choose_number(
            "correlation", label="scenarios.choose_correlation", default=DEFAULTS.correlation, step=0.1
        )
        model["fit"] = _fit(species)
    with st.container(horizontal=True):
        kinds: dict[str, str] = {key: text(f"scenarios.density_{key}") for key in DENSITIES}
        model["density"] = choose("density", kinds, label="scenarios.choose_density", default=DEFAULTS.density)
        if model["density"] in ("ceiling", "beverton_holt"):
            model["size"] = choose_number("size", label="scenarios.choose_size", default=FIRST_SIZE, step=500)
        if model["density"] == "log_linear":
            for key, default in (("young_slope", FIRST_SLOPE), ("survival_slope", NEVER)):
                model[key] = choose_number(key, label=f"scenarios.choose_{key}", default=default, step=0.05)
        results = {key: text(f"scenarios.result_choice_{key}") for key in RESULTS}
        model["result"] = choose("result", results, label="scenarios.choose_result", default=DEFAULTS.result)
    return model


def _fit(species: str) -> str:
    """Let the reader fit inputs to the newest growth on record, which the choice names; not offered without one."""
    text, growth = words(), growth_of(ask(), ScenariosChoices(species_id=species))
    if growth is None:
        return st.query_params.get("fit", "")  # the page says that nothing is fitted
    fits = {"": text("scenarios.fit_no"), "1": text("scenarios.fit_yes", growth=growth_named(text, growth))}
    return choose("fit", fits, label="scenarios.choose_fit", default="") or ""


def _optional(key: str, step: float = 1) -> str:
    """Let the reader enter a number; 0 is nothing."""
    return _unless_never(choose_number(key, label=f"scenarios.choose_{key}", default=NEVER, step=step, width=NARROW))


def _unless_never(value: str) -> str:
    return "" if float(value) == 0 else value


def _set_beside() -> None:
    """Keep the scenario as it is beside the first one, which the reader then changes."""
    now = st.query_params
    way = now.get("way", WAYS[0])
    parts = {part: now.get(part, str(getattr(DEFAULTS, part))) for part in PARTS}
    parts["amount"] = now.get("amount", FIRST_AMOUNT.get(way, ""))
    parts |= {part: "" for part in ("end", "marked", "young_loss", "avoided") if parts[part] == NEVER}
    lines = [line for line in now.get("others", "").split(of_address.SCENARIO_SIGN) if line]
    st.query_params["others"] = of_address.SCENARIO_SIGN.join([*lines, of_address.line_of(parts)])


def _clear() -> None:
    st.query_params.pop("others", None)


def ready_choices(choices: ScenariosChoices) -> ScenariosChoices:
    """Return the choices as they can be shown now: with few runs as long as the others are not done."""
    case = _runnable(choices)
    if case is None or case.runs <= FIRST_RUNS or is_worked_out(case):
        return choices
    return dataclasses.replace(choices, runs=str(FIRST_RUNS))


def work_on(choices: ScenariosChoices) -> None:
    """Work out what is not done yet, saying how far it is; then show the page again."""
    text, case = words(), _runnable(choices)
    if case is None or is_worked_out(case):
        return
    bar = st.progress(0.0)

    def work(job: Job[Outcome]) -> Outcome:
        return outcome_of(case, job.tell)

    try:
        with SCENARIO_QUEUE.joined(case, work, reader_party()) as job:
            while not job.wait(SECONDS_BETWEEN):
                if place := SCENARIO_QUEUE.place(job):
                    bar.progress(0.0, plain(text("scenarios.waiting", count=place)))
                    continue
                done = int(job.step[0]) if job.step else 0
                sentence = text("scenarios.progress", done=text.number(done), total=text.number(case.runs))
                bar.progress(min(done / case.runs, 1.0) * 0.9, plain(sentence))
            job.result()
    except (QueueFullError, StoppedError) as problem:
        bar.empty()
        st.warning(plain(text("common.own_share") if isinstance(problem, OwnShareError) else str(problem)))
        return
    bar.empty()
    st.rerun()


def _runnable(choices: ScenariosChoices) -> Case | None:
    case = asked_case(ask(), choices)
    return None if case is None or refusals(case) else case
