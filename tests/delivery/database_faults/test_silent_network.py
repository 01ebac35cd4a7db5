"""A network that lets a connection to the database fall without a word: nobody waits for it for ever."""

import os
import socket

import pytest
from django.db import connection

# A wait for a lock ends after so long, and so does one for an outcome to be recorded.
LONGEST = 15


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's connections cross no network")
class TestAConnectionThatNobodyAnswersOn:
    """What Linux is told of the socket, because there is no network in a test that could be cut."""

    def test_is_given_up_where_something_was_sent(self):
        with own_socket() as connected:
            milliseconds = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)

        assert 0 < milliseconds <= LONGEST * 1000

    def test_is_given_up_where_an_answer_is_waited_for(self):
        with own_socket() as connected:
            idle, interval, count = (
                connected.getsockopt(socket.IPPROTO_TCP, option)
                for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
            )

        assert idle + interval * count <= LONGEST


def own_socket() -> socket.socket:
    """The portal's connection, as the system knows it."""
    connection.ensure_connection()
    return socket.socket(fileno=os.dup(connection.connection.fileno()))
