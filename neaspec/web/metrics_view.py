"""/metrics: what is counted, in the text format of Prometheus, for an operator and nobody else.

With NEASPEC_METRICS_TOKEN whoever knows it may read (Authorization: Bearer …). Without it only programs of this machine
may, and none that a proxy asks for: behind a proxy on the same machine every stranger looks like this machine.
"""

import hmac
import importlib
import logging
from collections.abc import Iterator

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from neaspec.data.database import SERVING
from neaspec.languages import DEFAULT_LANGUAGE
from neaspec.text import load_words
from neaspec.web.asking import address_of
from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.guard import PROXY_HEADERS
from neaspec.web.metrics import REGISTRY
from neaspec.web.page_cache import PAGE_CACHE, READINESS, served_version
from neaspec.web.streamlit_internals import session_counts, uploaded_bytes
from neaspec.web.web_settings import metrics_token
from neaspec.web.work_queue import all_queues

LOG = logging.getLogger("neaspec")
MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SCHEME = "bearer "


def refusal(request: Request) -> Response | None:
    """Return what is answered to whoever may not read; None for who may."""
    token = metrics_token()
    if token:
        given = request.headers.get("authorization", "")
        is_known = given[: len(SCHEME)].lower() == SCHEME and hmac.compare_digest(
            given[len(SCHEME) :].strip().encode(), token.encode()
        )
        return None if is_known else Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    is_passed_on = any(name in request.headers for name in PROXY_HEADERS)
    if request.client is not None and not address_of(request.scope) and not is_passed_on:
        return None
    return PlainTextResponse(load_words(DEFAULT_LANGUAGE)("common.not_found"), status_code=404)


def content() -> bytes:
    """Return all numbers of now."""
    return generate_latest(REGISTRY)


class StateOfNow(Collector):
    """Numbers that are read when somebody asks for them."""

    def collect(self) -> Iterator[Metric]:
        """Give them: sessions, memory, queues, data, the desk."""
        yield from _of_sessions()
        yield from _of_queues()
        yield from _of_data()
        if DESK_PAGE:
            yield from _of_desk()

    def describe(self) -> Iterator[Metric]:
        """Give no list ahead: nothing is asked when it is registered."""
        return iter(())


def _gauge(name: str, meaning: str, values: dict[str, float], label: str = "") -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"neaspec_{name}", meaning, labels=[label] if label else None)
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


def _counter(name: str, meaning: str, values: dict[str, float], label: str = "") -> CounterMetricFamily:
    family = CounterMetricFamily(f"neaspec_{name}", meaning, labels=[label] if label else None)
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


def _of_sessions() -> Iterator[Metric]:
    connected, kept = session_counts()
    yield _gauge("sessions", "Sessions by state", {"connected": connected, "kept": kept - connected}, "state")
    yield _gauge("uploaded_bytes", "Bytes of uploaded files in memory", {"": uploaded_bytes().total()})
    yield _gauge("kept_pages", "Composed pages that are kept", {"": len(PAGE_CACHE)})


def _of_queues() -> Iterator[Metric]:
    jobs = GaugeMetricFamily("neaspec_queue_jobs", "Jobs in queues of costly work", labels=["queue", "state"])
    queues = all_queues()
    for queue in queues:
        jobs.add_metric([queue.name, "running"], len(queue) - queue.waiting)
        jobs.add_metric([queue.name, "waiting"], queue.waiting)
    yield jobs
    done, refused = ({queue.name: float(getattr(queue, name)) for queue in queues} for name in ("done", "refused"))
    yield _counter("queue_done", "Jobs that ended", done, "queue")
    yield _counter("queue_refused", "Jobs that were refused because too many waited", refused, "queue")


def _of_data() -> Iterator[Metric]:
    yield _gauge("ready", "1 if readers can be served", {"": float(READINESS.is_made)})
    yield _gauge("data_info", "Version of the data that is served", {served_version(): 1}, "version")
    yield _counter("data_switches", "How often other data were served", {"": SERVING.switches})
    yield _counter("data_build_failures", "Builds of the database that failed", {"": SERVING.failures})


def _of_desk() -> Iterator[Metric]:
    try:
        # by name, because most servers have no desk
        desk = importlib.import_module("neaspec.desk.opened").desk()
        found = importlib.import_module("neaspec.desk.counted").counts(desk.store.engine)
    except Exception as problem:
        LOG.error("the desk cannot be counted: %s", type(problem).__name__, extra={"event": "desk_not_counted"})
        yield _gauge("desk_up", "1 if the store of the desk answers", {"": 0})
        return
    yield _gauge("desk_up", "1 if the store of the desk answers", {"": 1})
    for name in ("submissions", "editions"):
        yield _gauge(f"desk_{name}", f"{name.capitalize()} by state", found[name], "state")
    yield _gauge("desk_newest_step", "Number of the newest step of the trail", {"": found["newest"]["step"]})
    yield _gauge("desk_newest_edition", "Number of the newest edition that holds", {"": found["newest"]["edition"]})


REGISTRY.register(StateOfNow())
