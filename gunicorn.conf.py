"""How gunicorn serves the portal; it reads this file by itself when it is started beside it.

Command-line options and GUNICORN_CMD_ARGS win over what stands here.
"""

import gc
import os

wsgi_app = "leonar_portal.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = 2
threads = 8
# Longer than LEONAR_DEADLINE: a stopping worker finishes the call that it has under way.
graceful_timeout = 30
timeout = 60
# A socket in the home directory, which a second portal on the machine would fight over.
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """What the portal consists of stays to the end; looking through it for garbage holds up a page now and then."""
    del worker
    gc.collect()
    gc.freeze()
