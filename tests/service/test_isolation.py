"""Who may do what: every route of the application, asked by a stranger, by a key too small, by nobody."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute
from postgres_server import missing_postgres, new_database, running_postgres
from service.served import content, served
from service.tenants import Keys, bearing, filled, made_keys

from extractor.jobs.backend import open_backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.queue import Queue
from extractor.service.app import create_app
from extractor.settings import load_settings
from extractor.storage.access import Scope
from extractor.workers import Workers

pytestmark = pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")

FOR_EVERYBODY = {"/docs", "/health", "/ready", "/source"}
NO_ID = {"number": "1"}  # parameters of a path that name nothing which somebody owns

# What a route with `data` is sent, so that nothing but the ids can be refused.
BODIES: dict[str, dict[str, object]] = {
    "PATCH /v1/results/{result_id:str}": {"path": "invoice_number", "value": "X"},
    "POST /v1/reconciliations/{reconciliation_id:str}/verdict": {"verdict": "approve"},
    "PATCH /v1/webhooks/{webhook_id:str}": {"enabled": False},
    "POST /v1/webhooks/{webhook_id:str}/replay": {"since": "2026-01-01T00:00:00Z"},
}


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path of the application."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+):\w+}", self.path)

    def at(self, ids: dict[str, str]) -> str:
        """Return the path with ids in it; a new parameter has to be given one in `service.tenants`."""
        return re.sub(
            r"{(\w+):\w+}",
            lambda found: NO_ID.get(found[1]) or ids.get(self.path) or ids[found[1]],
            self.path,
        )

    def given(self) -> dict[str, Any]:
        """Return what the handler wants beside the ids."""
        body = BODIES.get(str(self))
        return {"headers": {"If-Match": '"1"'}, **({} if body is None else {"json": body})}


def all_routes(folder: Path) -> list[Route]:
    """Return every route that the application has, but those of its own OpenAPI document."""
    settings = load_settings(data_dir=folder, access="keys")
    backend, queue = open_backend(settings), Queue(settings.database)
    workers = Workers(
        1, preload="extractor", timeout_seconds=1.0, max_memory_bytes=settings.worker_memory_bytes
    )  # never entered: no process is started
    app = create_app(backend, queue, workers, Metrics(backend.database))
    routes = [
        Route(method, route.path)
        for route in app.routes
        if isinstance(route, HTTPRoute) and not route.path.startswith("/schema")
        for method in sorted(route.methods - {"OPTIONS"})
    ]
    queue.close()
    backend.close()
    return routes


@dataclass(frozen=True, slots=True)
class World:
    """A server with two tenants, and all that the first one has."""

    client: httpx.Client
    keys: Keys
    ids: dict[str, str]
    routes: list[Route]

    def ask(self, route: Route, key: str | None) -> httpx.Response:
        """Ask for what the owner has, as somebody."""
        given = route.given()
        given["headers"] |= bearing(key) if key else {}
        return self.client.request(route.method, route.at(self.ids), **given)

    @property
    def guarded(self) -> list[Route]:
        return [route for route in self.routes if route.path not in FOR_EVERYBODY]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with ExitStack() as stack:
        settings: dict[str, str] = {}
        if request.param == "postgresql":
            if reason := missing_postgres():
                pytest.skip(reason)
            settings["database_url"] = new_database(stack.enter_context(running_postgres()), "world")
        keys = made_keys(folder, database_url=settings.get("database_url"))
        more = {"access": "keys", "webhook_networks": json.dumps(["127.0.0.0/8"])}
        running = stack.enter_context(served(folder, **settings, **more))
        ids = filled(running.client, keys.owner)
        yield World(running.client, keys, ids, all_routes(tmp_path_factory.mktemp("app")))


def test_the_owner_finds_what_the_stranger_will_ask_for(world: World) -> None:
    for route in world.routes:
        if route.method == "GET":
            assert world.ask(route, world.keys.owner).status_code == 200, route


def test_what_another_tenant_has_is_not_found_by_any_route(world: World) -> None:
    asked = [route for route in world.routes if route.parameters]
    assert len(asked) > 20
    found = {str(route): world.ask(route, world.keys.stranger).status_code for route in asked}
    assert found == dict.fromkeys(found, 404)


def test_no_list_shows_what_another_tenant_has(world: World) -> None:
    shown = [route for route in world.routes if route.method == "GET" and not route.parameters]
    owned = {name for parameter, name in world.ids.items() if parameter not in NO_ID}
    seen: set[str] = set()
    for route in shown:
        told = world.ask(route, world.keys.stranger)
        assert told.status_code == 200, route
        assert not [name for name in owned if name.encode() in told.content], route
        mine = world.ask(route, world.keys.owner)
        seen |= {name for name in owned if name.encode() in mine.content}
    assert seen == owned - {world.ids["delivery_id"]}  # deliveries are listed below their webhook


def test_what_another_tenant_has_cannot_be_named_in_a_body_or_a_query_either(world: World) -> None:
    stranger = bearing(world.keys.stranger)
    document, result = world.ids["document_id"], world.ids["result_id"]
    own = world.client.post(
        "/v1/documents",
        headers=stranger,
        files={"file": ("own.pdf", content("en_clean_contract.pdf"), "application/pdf")},
    ).json()[0]["document"]["id"]
    for path, body in (
        ("/v1/extractions", {"document": document}),
        ("/v1/extractions", {"document": own, "spec": "freight_invoice"}),
        ("/v1/reconciliations", {"contract": document, "invoices": [own]}),
        ("/v1/reconciliations", {"contract": own, "invoices": [document]}),
    ):
        assert world.client.post(path, headers=stranger, json=body).status_code == 404, body
    page = world.client.get(f"/v1/documents/{own}/pages/1", headers=stranger, params={"evidence": result})
    assert page.status_code == 404
    for filtered in ({"result": result}, {"document": document}):
        assert world.client.get("/v1/results", headers=stranger, params=filtered).json()["items"] == []


def test_the_same_file_is_a_document_of_each_tenant(world: World) -> None:
    answer = world.client.post(
        "/v1/documents",
        headers=bearing(world.keys.stranger),
        files={"file": ("same.pdf", content("en_clean_invoice.pdf"), "application/pdf")},
    ).json()
    assert answer[0]["document"]["id"] != world.ids["document_id"]
    assert answer[0]["document"]["name"] == "same.pdf"


def test_every_route_is_open_to_keys_of_one_scope_only(world: World) -> None:
    for route in world.guarded:
        allowed = {
            scope for scope, key in world.keys.single.items() if world.ask(route, key).status_code != 403
        }
        assert len(allowed) == 1, (route, allowed)
        assert route.method == "GET" or allowed != {Scope.READ}, route


def test_nobody_is_answered_without_a_key_but_where_everybody_is(world: World) -> None:
    for route in world.routes:
        answer = world.ask(route, None)
        expected = 200 if route.path in FOR_EVERYBODY else 401
        assert answer.status_code == expected, route
        if expected == 401:
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.headers["content-type"] == "application/problem+json"


def test_what_a_path_offers_is_told_to_nobody_without_a_key(world: World) -> None:
    for path in sorted({route.at(world.ids) for route in world.guarded}):
        assert world.client.options(path).status_code == 401, path
