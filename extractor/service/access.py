"""Who is asking: a key's tenant and scopes, or with open access the one tenant of this machine."""

import asyncio
from collections.abc import Callable

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from extractor.jobs.backend import Backend
from extractor.service.browsers import refuse_other_sites
from extractor.storage.access import DEFAULT_TENANT, Caller, Scope, caller_of, ensure_tenant, note_use

SCHEME = "Bearer"
_Connection = ASGIConnection[object, object, object, State]


class Authentication(AbstractAuthenticationMiddleware):
    """Puts the caller into `request.user`; a wrong key is refused before anything is read."""

    async def authenticate_request(self, connection: _Connection) -> AuthenticationResult:
        """Return the caller.

        Raises:
            NotAuthorizedException: there is no valid key, and the service asks for one.
            PermissionDeniedException: it asks for none, and a page of another site may have sent this.
        """
        backend: Backend = connection.app.state.backend
        if backend.settings.access == "open":
            method = str(connection.scope.get("method", ""))
            refuse_other_sites(connection.headers, method=method, hosts=backend.settings.known_hosts)
            return AuthenticationResult(user=connection.app.state.operator, auth=None)
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower() or not key.strip():
            raise NotAuthorizedException(
                "send a key: `Authorization: Bearer xt_…`", headers={"WWW-Authenticate": SCHEME}
            )
        caller = await asyncio.to_thread(_caller, backend, key.strip())
        if caller is None:
            raise NotAuthorizedException(
                "the key is wrong, expired or revoked", headers={"WWW-Authenticate": SCHEME}
            )
        return AuthenticationResult(user=caller, auth=None)


def open_caller(backend: Backend) -> Caller:
    """Return who everybody is with open access: the one tenant, with every scope."""
    with backend.database.transaction() as session:
        tenant = ensure_tenant(session, DEFAULT_TENANT, now=backend.clock())
    return Caller(tenant_id=tenant.id, scopes=frozenset(Scope))


def requires(scope: Scope) -> Callable[[_Connection, BaseRouteHandler], None]:
    """Return a guard that lets only callers with a scope pass."""

    def guard(connection: _Connection, _handler: BaseRouteHandler) -> None:
        caller = connection.user
        if not isinstance(caller, Caller) or scope not in caller.scopes:
            raise PermissionDeniedException(f"the key's scopes do not allow this: it needs {scope}")

    return guard


def caller(request: "Request[Caller, None, State]") -> Caller:
    """Provide the caller to handlers."""
    return request.user


def _caller(backend: Backend, key: str) -> Caller | None:
    now = backend.clock()
    with backend.database.snapshot() as session:
        found = caller_of(session, key, now=now)
    if found is None:
        return None
    caller, is_stale = found
    if is_stale and caller.key_id is not None:
        with backend.database.transaction() as session:
            note_use(session, caller.key_id, now=now)
    return caller
