"""What a page of the history shows."""


def rows(page) -> set[str]:
    """The ids of the submissions on the page."""
    return {str(row.pk) for row in page.context["page"].rows}
