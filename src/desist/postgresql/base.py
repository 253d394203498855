"""The database backend named as ENGINE in DATABASES: Django looks for this very name, `base.DatabaseWrapper`."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base

from desist.postgresql.silence import SHORT, watch

#: Time limits of the server, set by a statement, since poolers refuse them at the start: for a lock, after which a page
#: says so, and for a transaction in which nothing happens, which holds locks.
PATIENCE = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'"


class NotConfirmed(OperationalError):
    """The server went away while it was told to keep a change: nobody knows whether it did."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with limits on every wait: for a lock, for a statement, and for a server that says nothing."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """Connect, unless the server was silent just now."""
        with watch.connecting():
            made: psycopg.Connection = super().get_new_connection(conn_params)
        return made

    def init_connection_state(self) -> None:
        """Set the time limits for every statement of the connection."""
        limits = PATIENCE
        if watch.patience:  # the server ends a statement itself before its asker loses patience
            limits += f"; SET statement_timeout = {int(watch.patience * 1000) - 1000}"
        with watch.asking(self.connection):
            super().init_connection_state()
            with self.connection.cursor() as cursor:
                cursor.execute(limits)
        if _in_time not in self.execute_wrappers:
            self.execute_wrappers.append(_in_time)

    def is_usable(self) -> bool:
        """Whether the server answers a small question at once."""
        if self.connection is None:
            return False
        with watch.asking(self.connection, within=SHORT):
            usable: bool = super().is_usable()
        return usable

    def commit(self) -> None:
        """Commit. Raises NotConfirmed where the server goes away meanwhile."""
        if self.connection is None:
            super().commit()
            return
        try:
            with watch.asking(self.connection):
                super().commit()
        except OperationalError as failure:
            if getattr(failure.__cause__, "sqlstate", None) is None:
                raise NotConfirmed(*failure.args) from failure.__cause__
            raise

    def rollback(self) -> None:
        """Roll back."""
        if self.connection is None:
            super().rollback()
            return
        with watch.asking(self.connection):
            super().rollback()


def _in_time(
    execute: Callable[..., object], sql: object, params: object, many: object, context: dict[str, Any]
) -> object:
    """Ask a statement within the time of this process."""
    with watch.asking(context["connection"].connection):
        return execute(sql, params, many, context)
