#!/bin/sh
# Known vulnerabilities, licences and a bill of materials of what production runs on. The tools have an environment of
# their own, outside the pins.
set -eu
cd "$(dirname "$0")/.."

tools=var/audit
[ -x "$tools/bin/pip-audit" ] || {
    .venv/bin/python -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit cyclonedx-bom
}

"$tools/bin/cyclonedx-py" requirements --validate --output-reproducible --output-file var/sbom.cdx.json requirements.txt
echo "The bill of materials, checked against its schema, is in var/sbom.cdx.json."

.venv/bin/python scripts/licences.py

# Strict: what its database does not know has not been looked at, and is no pass.
status=0
"$tools/bin/pip-audit" --requirement requirements.txt --require-hashes --disable-pip --strict --progress-spinner off || status=$?
if [ "$status" != 0 ]; then
    echo "pip-audit found something, or could not reach its database; what it said is above." >&2
fi
exit "$status"
