"""The command line: `python -m leonar_sandbox`."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from leonar_sandbox import misbehaviour
from leonar_sandbox.rate import DOCUMENTED_LIMIT
from leonar_sandbox.sandbox import Sandbox
from leonar_sandbox.server import HOST, SandboxServer

_DATA_DIR = Path(__file__).resolve().parent.parent / "var" / "sandbox"
_STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM}


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


def _requests(text: str) -> int:
    limit = int(text)
    if limit < 0:
        raise ValueError
    return limit


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m leonar_sandbox",
        description="A stand-in for the Leonar API on this machine. Open its address in a browser to see its contacts.",
        epilog=misbehaviour.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("SANDBOX_PORT") or "8001",
        help="port on 127.0.0.1; 0 takes a free one (default: SANDBOX_PORT, or 8001)",
    )
    parser.add_argument(
        "--data-dir", type=Path, default=_DATA_DIR, help="where contacts are kept (default: var/sandbox of the project)"
    )
    parser.add_argument(
        "--rate-limit",
        type=_requests,
        default=DOCUMENTED_LIMIT,
        help=f"requests per hour and key (default: {DOCUMENTED_LIMIT})",
    )
    return parser.parse_args()


def main() -> int:
    """Serve until a signal says stop. Returns the exit status.

    Calls that still wait then are cut off, as they would be by any server that goes away.
    """
    arguments = _arguments()
    # Before any thread starts: all of them inherit the mask, and the signal waits for `sigwait` below.
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    try:
        sandbox = Sandbox(data_dir=arguments.data_dir, rate_limit=arguments.rate_limit)
    except OSError as error:
        print(f"The sandbox cannot keep its contacts in {arguments.data_dir}: {error.strerror}.", file=sys.stderr)
        return 1
    try:
        server = SandboxServer(port=arguments.port, sandbox=sandbox)
    except OSError as error:
        reason = f"The sandbox cannot use port {arguments.port}: {error.strerror}."
        print(f"{reason} Choose another with --port or SANDBOX_PORT.", file=sys.stderr)
        return 1
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    address = f"http://{HOST}:{server.server_port}/"
    print(f"Leonar sandbox on {address}  (API: {address}api/v1)", flush=True)
    signal.sigwait(_STOP_SIGNALS)
    server.shutdown()
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
