# The portal's commands. Each first completes the virtual environment in .venv; CONTRIBUTING.md tells what they are for.

.PHONY: setup run test test-on-sqlite test-on-postgresql quick lint format bench crash model mutate fuzz audit requirements messages screenshots chromium
.DEFAULT_GOAL := run

python := .venv/bin/python
# What pytest makes of a test file is kept, whatever the environment says: it takes more than half of the time to collect.
pytest := env PYTHONDONTWRITEBYTECODE= $(python) -m pytest
# The tests of a file follow each other in one process, so that what they share is started once; tests/order.py says which
# file begins when.
# Of three processes on two cores one may wait, for a deadline or for a server that comes back.
processes := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
parallel := -n $(processes) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# What takes its time by its numbers: thousands of examples, hundreds of failures, every field of the contract over HTTP,
# hours on a clock that is moved, every page for everybody, each error at each control, each claim of a provider, each plan
# of a query, each text for each regular expression, processes that only say why they do not start.
thorough := tests/fuzz tests/sandbox tests/leonar/test_any_answer.py tests/leonar/test_faults.py \
	tests/entry/test_payload_property.py tests/delivery/test_failure_table.py tests/delivery/test_any_answer.py \
	tests/delivery/outage tests/delivery/test_nothing_stops_everybody.py \
	tests/views/test_record_of_anything.py tests/contacts/reading/test_nothing_dropped.py tests/delivery/model \
	tests/contacts/reading/test_corpus.py tests/accounts/test_throttle.py tests/views/test_permissions.py \
	tests/views/test_security.py tests/views/test_headers.py tests/project/test_settings.py \
	tests/views/test_each_error.py tests/accounts/test_company_claims.py tests/history/test_plans.py \
	tests/history/test_workbook.py tests/project/test_static_files.py tests/project/test_requirements.py \
	tests/project/test_patterns.py

setup:
	@sh scripts/setup.sh

run: setup
	@$(python) scripts/run.py

# Both at once, as neither keeps two cores busy to its end. PostgreSQL's says all it has to say when it is done.
test: lint chromium
	@$(MAKE) --no-print-directory --jobs=2 test-on-sqlite test-on-postgresql

test-on-sqlite: setup
	$(pytest) $(parallel)

test-on-postgresql: said = .pytest_cache/on-postgresql.log
test-on-postgresql: setup
	@mkdir -p $(dir $(said))
	@$(python) -m tests.databases $(pytest) -p no:cacheprovider -m database --ignore=tests/browser >$(said) 2>&1; status=$$?; cat $(said); exit $$status

quick: setup
	$(pytest) $(parallel) --hypothesis-profile=brief -m "not slow" $(thorough:%=--ignore=%) --ignore=tests/browser

lint: setup
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy

format: setup
	$(python) -m ruff check --fix
	$(python) -m ruff format

bench: setup
	$(python) -m bench

crash: setup
	$(python) -m tests.delivery.crash

# Faults planted in the delivery, to see whether the quick tests notice; FAULTS= of them.
mutate: setup
	$(python) -m tests.mutation --faults $(or $(FAULTS),100) --ignore $(thorough)

# The delivery at the will of hypothesis, at length.
model: setup
	MODEL_STEPS=10000 $(pytest) -q tests/delivery/model

screenshots: setup chromium
	$(python) scripts/screenshots.py

messages: setup
	$(python) manage.py makemessages --all --ignore=.venv --ignore=var

# Requests that nobody would make, at length, on each database; and forms.
fuzz: setup
	EXAMPLES_TIMES=10 $(pytest) -q tests/entry/test_payload_property.py --timeout=3600
	FUZZ_CASES=$${FUZZ_CASES:-25000} $(pytest) -q tests/fuzz
	FUZZ_CASES=$${FUZZ_CASES:-25000} $(python) -m tests.databases $(pytest) -q tests/fuzz

# Known vulnerabilities and licences of what is pinned, and a bill of materials (CycloneDX) under var/.
audit: setup
	@sh scripts/audit.sh

requirements: setup
	@sh scripts/requirements.sh

chromium:
	@sh scripts/chromium.sh
