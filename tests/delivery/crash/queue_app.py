"""The same work on an ordinary task queue, as its documentation shows it: a task that posts, and is retried."""

import os

import requests
from huey import SqliteHuey

huey = SqliteHuey(filename=os.environ["QUEUE_FILE"])


@huey.task(retries=int(os.environ["QUEUE_RETRIES"]), retry_delay=1)
def create_contact(body: dict[str, str]) -> str:
    """Creates the contact; anything but a success raises, and the queue retries it as often as it was told to."""
    answer = requests.post(
        f"{os.environ['LEONAR_API_URL']}/contacts",
        json=body,
        headers={"Authorization": "Bearer leo_crash_queue"},
        timeout=(1, 2),
    )
    answer.raise_for_status()
    return answer.json()["data"]["id"]
