#!/bin/sh
# Known vulnerabilities, licences and a bill of materials of what production runs on. The tools have an environment of
# their own, outside the pins.
set -eu
cd "$(dirname "$0")/.."

tools=var/audit
[ -x "$tools/bin/pip-audit" ] || {
    .venv/bin/python -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit cyclonedx-bom pip-licenses
}

"$tools/bin/cyclonedx-py" requirements --output-reproducible --output-file var/sbom.cdx.json requirements.txt
echo "The bill of materials is in var/sbom.cdx.json."

# Only what production runs on: the names in requirements.txt, whatever their versions are on this platform.
names=$(sed -n 's/^\([a-z0-9][a-z0-9._-]*\).*==.*/\1/p' requirements.txt | sort -u)
# shellcheck disable=SC2086
"$tools/bin/pip-licenses" --python .venv/bin/python --format=plain --order=license --packages $names

# Strict: what its database does not know has not been looked at, and is no pass.
status=0
"$tools/bin/pip-audit" --requirement requirements.txt --require-hashes --disable-pip --strict --progress-spinner off || status=$?
if [ "$status" != 0 ]; then
    echo "pip-audit found something, or could not reach its database; what it said is above." >&2
fi
exit "$status"
