"""Two tenants on one server, the first with something of everything that there is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from service.served import content, until

from extractor.jobs.backend import open_backend
from extractor.settings import load_settings
from extractor.storage.access import Scope, create_key, ensure_tenant

OWNER, STRANGER = "owner", "stranger"
SPEC = 'name = "freight_invoice"\nextends = "invoice"\ntitle.en = "Freight invoice"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of the test: of all scopes for each tenant, and of one scope each for the stranger."""

    owner: str
    stranger: str
    single: dict[Scope, str]


def made_keys(data_dir: Path, *, database_url: str | None = None) -> Keys:
    """Make the tenants and their keys, as `extractor keys create` does."""
    backend = open_backend(load_settings(data_dir=data_dir, database_url=database_url))
    now = backend.clock()
    with backend.database.transaction() as session:

        def key(tenant: str, *scopes: Scope) -> str:
            owner = ensure_tenant(session, tenant, now=now)
            return create_key(session, owner, name="test", scopes=scopes, now=now)[1]

        made = Keys(
            owner=key(OWNER, *Scope),
            stranger=key(STRANGER, *Scope),
            single={scope: key(STRANGER, scope) for scope in Scope},
        )
    backend.close()
    return made


def bearing(key: str) -> dict[str, str]:
    """Return the headers that show a key."""
    return {"Authorization": f"Bearer {key}"}


def filled(client: httpx.Client, key: str) -> dict[str, str]:
    """Give a tenant something of everything, and return its ids by the names of path parameters."""

    def asked(method: str, path: str, **given: Any) -> Any:  # noqa: ANN401 - whatever JSON says
        answer = client.request(method, path, headers=bearing(key), **given)
        assert answer.is_success, answer.text
        return answer.json()

    webhook = asked("POST", "/v1/webhooks", json={"url": "https://127.0.0.1:9/hook"})["webhook"]["id"]
    files = [
        ("file", (name, content(name), "application/pdf"))
        for name in ("en_clean_invoice.pdf", "en_clean_contract.pdf")
    ]
    batch = asked("POST", "/v1/batches", files=files)["id"]
    _wait(lambda: asked("GET", f"/v1/batches/{batch}")["completed_at"])
    invoice, contract = (file["document"] for file in asked("GET", f"/v1/batches/{batch}/files")["items"])
    (result,) = asked("GET", "/v1/results", params={"document": invoice})["items"]
    compared = asked("POST", "/v1/reconciliations", json={"contract": contract, "invoices": [invoice]})["id"]
    _wait(lambda: asked("GET", f"/v1/reconciliations/{compared}")["state"] != "waiting")
    _wait(lambda: asked("GET", f"/v1/webhooks/{webhook}/deliveries")["items"])
    delivery = asked("GET", f"/v1/webhooks/{webhook}/deliveries")["items"][0]["id"]
    asked("POST", "/v1/specs", json={"toml": SPEC})
    asked("POST", "/v1/policies", json={"name": "lenient", "toml": ""})
    return {
        "batch_id": batch,
        "document_id": invoice,
        "extraction_id": result["extraction"],
        "result_id": result["id"],
        "reconciliation_id": compared,
        "webhook_id": webhook,
        "delivery_id": delivery,
        "/v1/specs/{name:str}": "freight_invoice",
        "/v1/policies/own/{name:str}": "lenient",
        "number": "1",
    }


def _wait(is_so: Callable[[], object]) -> None:
    until(is_so, seconds=90)
