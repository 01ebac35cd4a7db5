"""What an unposted form starts with."""

import pytest
from django.http import QueryDict

from contacts.entry.entry import Entry


class TestPrefilling:
    def test_a_payload_fills_the_form(self):
        form = Entry.from_payload(
            {
                "first_name": "Sophie",
                "email": "sophie@example.com",
                "phones": [{"phone": "+33612345678", "type": "mobile"}, {"phone": "12"}],
                "tags": ["Rust", "Go"],
                "custom_data": {"a": True, "b": 3.5, "c": [1], "d": "x"},
                "years_experience": 0,
                "do_not_contact": True,
            }
        )

        assert form.emails[0]["email"].value() == "sophie@example.com"
        assert form.phones[0]["type"].value() == "mobile"
        assert form.contact["tags"].value() == "Rust, Go"
        assert form.contact["years_experience"].value() == "0"
        assert form.contact["do_not_contact"].value() is True
        rows = [{name: row[name].value() for name in ("key", "value", "type")} for row in form.custom_data][:4]
        assert rows == [
            {"key": "a", "value": "yes", "type": "boolean"},
            {"key": "b", "value": "3.5", "type": "number"},
            {"key": "c", "value": "[1]", "type": "json"},
            {"key": "d", "value": "x", "type": "text"},
        ]

    def test_query_parameters_fill_the_form(self):
        query = QueryDict(mutable=True)
        query.update(
            {
                "first_name": "Sophie\u200b",
                "tags": "Rust, Go",
                "do_not_contact": "true",
                "email": "a@example.com",
                "emails-3-email": "b@example.com",
                "emails-3-type": "work",
                "custom_data-0-key": "a",
                "custom_data-0-value": "1",
                "custom_data-0-type": "number",
                "unknown": "x",
            }
        )

        form = Entry.from_query(query)

        assert form.contact["first_name"].value() == "Sophie"
        assert form.contact["tags"].value() == "Rust, Go"
        assert form.contact["do_not_contact"].value() is True
        assert [row["email"].value() for row in form.emails][:3] == ["a@example.com", "b@example.com", None]
        assert form.emails[1]["type"].value() == "work"
        assert form.custom_data[0]["type"].value() == "number"

    def test_a_list_may_come_as_several_parameters(self):
        form = Entry.from_query(QueryDict("tags=Rust&tags=Go,Java&skills="))

        assert form.contact["tags"].value() == "Rust, Go, Java"

    @pytest.mark.parametrize(
        "query",
        [
            "emails-٣-email=x",
            "emails-99-email=x",
            "custom_data-0-value=x",
            "email=&phone=%00",
            "years_experience=x&tags",
        ],
    )
    def test_odd_parameters_do_no_harm(self, query):
        form = Entry.from_query(QueryDict(query))

        assert [len(rows.forms) for rows in (form.emails, form.phones)] == [5, 5]
