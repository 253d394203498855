"""A migration's operations for many at once."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState


class AtOnce(Operation):
    """Operations that need not see one another's work: new models and their triggers.

    After each ordinary operation Django makes the classes of everything related anew, which takes a time that grows
    with the square of the number of models. Here that is done once for all of them.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        """The operations, in the order in which the database hears of them."""
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Sequence[Operation]], dict[str, object]]:
        """How the operation is written in a migration."""
        return type(self).__qualname__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell the state of every operation before the classes are made of it."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Do them in turn."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Undo them in turn, the last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return f"{len(self.operations)} operations at once"


class Comments(Operation):
    """Write the meaning of many fields into the database as comments; the history of a row gets the row's comments.

    An `AlterField` for each would make Django build all related classes anew each time. Rows, triggers, readers and
    writers are left alone. A later change of a comment is an ordinary `AlterField`.
    """

    def __init__(self, comments: Mapping[str, Mapping[str, str]]) -> None:
        """Model -> field -> what it holds."""
        self.comments = comments

    def deconstruct(self) -> tuple[str, list[Mapping[str, Mapping[str, str]]], dict[str, object]]:
        """How the operation is written in a migration."""
        return type(self).__qualname__, [self.comments], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Give the fields their comments; the classes that were made of them before go on working."""
        for model, name, words in self._each(app_label, state):
            field = model.fields[name].clone()
            field.db_comment = words
            model.fields[name] = field

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Say it of every column."""
        del to_state
        self._write(app_label, schema_editor, from_state, said=True)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Say nothing of every column."""
        del to_state
        self._write(app_label, schema_editor, from_state, said=False)

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return f"Comments on the fields of {len(self.comments)} models"

    def _write(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState, *, said: bool
    ) -> None:
        statements = []
        for model, name, words in self._each(app_label, state):
            made = state.apps.get_model(app_label, model.name)._meta
            column = made.get_field(name).column
            quoted = "'" + words.replace("'", "''") + "'" if said else "NULL"
            statements.append(f'COMMENT ON COLUMN "{made.db_table}"."{column}" IS {quoted}')
        schema_editor.execute(";\n".join(statements), params=None)

    def _each(self, app_label: str, state: ProjectState) -> Iterator[tuple[ModelState, str, str]]:
        """Model, field and words, of the rows and of their history."""
        for name, fields in self.comments.items():
            for model in (name.lower(), f"{name.lower()}event"):
                known = state.models.get((app_label, model))
                found = [field for field in fields if known and field in known.fields]
                yield from ((known, field, fields[field]) for field in found if known)
