"""The full-text index of the history, and what keeps it: an index of FTS5 in SQLite, a GIN index in PostgreSQL.

Triggers carry over each change of an entry, and each change of a submission's state into its entry, whoever makes it.
Where a later migration makes SQLite copy contacts_submission or contacts_searchentry, their triggers are lost with the
old table, and it has to make them again; tests/history/test_index.py fails then.
"""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models

STANDING = """
    '.s' || substr({new}.state, 1, 1) || ':' || space
    || CASE WHEN {new}.waits_for_person THEN ' .gn:' || space
            WHEN {new}.state IN ('queued', 'sending') THEN ' .gw:' || space
            WHEN {new}.state = 'unconfirmed' THEN ' .gc:' || space ELSE '' END
    || CASE WHEN {new}.settled_by <> '' THEN ' .k' || substr({new}.settled_by, 1, 1) || ':' || space ELSE '' END
"""
CHANGED = "OLD.state <> NEW.state OR OLD.settled_by <> NEW.settled_by OR OLD.waits_for_person <> NEW.waits_for_person"
# Every printable character but letters, digits and the two quotation marks is part of a token.
TOKENIZER = "ascii tokenchars ''!#$%&()*+,-./:;<=>?@[]^_{|}~''"
PREFIXES = " ".join(map(str, range(1, 16)))

ADD = "INSERT INTO contacts_search(rowid, words, facts, standing) VALUES (NEW.number, NEW.words, NEW.facts, NEW.standing)"
REMOVE = """
    INSERT INTO contacts_search(contacts_search, rowid, words, facts, standing)
    VALUES ('delete', OLD.number, OLD.words, OLD.facts, OLD.standing)
"""
SQLITE = [
    (
        f"""
        CREATE VIRTUAL TABLE contacts_search USING fts5(
            words, facts, standing, content='contacts_searchentry', content_rowid='number',
            detail='none', columnsize=0, prefix='{PREFIXES}', tokenize='{TOKENIZER}')
        """,
        "DROP TABLE contacts_search",
    ),
    (
        f"CREATE TRIGGER search_add AFTER INSERT ON contacts_searchentry BEGIN {ADD}; END",
        "DROP TRIGGER search_add",
    ),
    (
        f"CREATE TRIGGER search_remove AFTER DELETE ON contacts_searchentry BEGIN {REMOVE}; END",
        "DROP TRIGGER search_remove",
    ),
    (
        f"CREATE TRIGGER search_change AFTER UPDATE ON contacts_searchentry BEGIN {REMOVE}; {ADD}; END",
        "DROP TRIGGER search_change",
    ),
    (
        f"""
        CREATE TRIGGER search_standing AFTER UPDATE ON contacts_submission WHEN {CHANGED}
        BEGIN UPDATE contacts_searchentry SET standing = {STANDING.format(new="NEW")} WHERE submission_id = NEW.id; END
        """,
        "DROP TRIGGER IF EXISTS search_standing",
    ),
]
POSTGRES = [
    (
        # The beginnings of the words, the facts, and the stretch of time in which it was entered, in three sizes: by
        # them the newest are found first. Dear, so that the planner never reckons with calling it for every row.
        """
        CREATE FUNCTION contacts_document(number bigint, words text, facts text, standing text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100000 AS $$
            SELECT array_to_tsvector(ARRAY(
                SELECT left(word, size) FROM unnest(string_to_array(words, ' ')) AS word,
                    generate_series(1, least(length(word), 15)) AS size
                UNION SELECT fact FROM unnest(string_to_array(facts || ' ' || standing, ' ')) AS fact WHERE fact <> ''
                UNION SELECT '.x' || (number >> 49) UNION SELECT '.y' || (number >> 53) UNION SELECT '.z' || (number >> 57)
            )) $$
        """,
        "DROP FUNCTION contacts_document(bigint, text, text, text)",
    ),
    (
        f"""
        CREATE FUNCTION contacts_keep_standing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE contacts_searchentry SET standing = {STANDING.format(new="NEW")} WHERE submission_id = NEW.id;
            RETURN NULL;
        END $$
        """,
        "DROP FUNCTION contacts_keep_standing()",
    ),
    (
        f"""
        CREATE TRIGGER search_standing AFTER UPDATE ON contacts_submission FOR EACH ROW WHEN ({CHANGED})
        EXECUTE FUNCTION contacts_keep_standing()
        """,
        "DROP TRIGGER IF EXISTS search_standing ON contacts_submission",
    ),
]


def make(apps, schema_editor):
    for statement, _undo in _statements(schema_editor):
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    for _statement, undo in reversed(_statements(schema_editor)):
        schema_editor.execute(undo, params=None)


def _statements(schema_editor):
    return SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_events_append_only")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("space", models.CharField(max_length=8)),
                ("words", models.TextField(blank=True)),
                ("facts", models.TextField()),
                ("standing", models.TextField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="contacts.submission",
                    ),
                ),
            ],
            options={"verbose_name": "search entry", "verbose_name_plural": "search entries"},
        ),
        migrations.RunPython(make, unmake),
        # The database knows nothing of a default; without this, SQLite would copy the whole table.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="submission",
                    name="id",
                    field=models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                )
            ]
        ),
    ]
