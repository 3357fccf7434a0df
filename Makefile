# Three commands do all: `make run` starts the bot, `make check` tries it in a minute, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup
SOURCES := pyproject.toml requirements.txt
# Each module is compiled once, also where an image says otherwise: every process that a test starts would do it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run install check test coverage quick-tests all-tests counted-tests lint types bench bench-quick soak bench-names bench-ask measure lock clean

run: install
	$(BIN)/spotter run

install: $(VENV)/installed

# The quick tests, on SQLite. Types are judged beside them: mypy has work for one processor only.
check: lint
	$(MAKE) --no-print-directory -j2 types quick-tests

quick-tests: $(VENV)/installed-tests
	$(PYTEST) -m "not slow and not postgresql"

# Everything; a skipped test says why.
test: lint
	$(MAKE) --no-print-directory -j2 types all-tests

all-tests: $(VENV)/installed-tests
	$(PYTEST) -rs

# The same, and what share of the lines it runs: to count them takes up to twice the time of a test.
coverage: lint
	$(MAKE) --no-print-directory -j2 types counted-tests

counted-tests: $(VENV)/installed-tests
	$(PYTEST) --cov -rs

define new_venv
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Spotter needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Name another one: make PYTHON=python3.12 run')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
endef

# What the program needs, every file checked against its hash; then the program itself, from this folder. The lock is
# complete, so pip resolves nothing (--no-deps: pip 23.2 forgets the pin of a requirement with an extra, coverage[toml]).
$(VENV)/installed: $(SOURCES)
	$(new_venv)
	$(PIP) install --require-hashes --no-deps -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	touch $@

# The lock of the tests has all that the program needs too: to install both, one after the other, took a third longer.
$(VENV)/installed-tests: $(SOURCES) requirements-tests.txt
	$(new_venv)
	$(PIP) install --require-hashes --no-deps -r requirements-tests.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	touch $(VENV)/installed $@

lint: $(VENV)/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-tests
	$(BIN)/mypy

bench: $(VENV)/installed-tests
	$(BIN)/python -m benchmarks.history

# The same rows in two minutes, of smaller counts.
bench-quick: $(VENV)/installed-tests
	$(BIN)/python -m benchmarks.history --quick

# Ten minutes of questions, loads, hostile uploads and faults; SOAK_SECONDS=60 for a short one.
SOAK_SECONDS ?= 600
soak: $(VENV)/installed-tests
	$(BIN)/python -m benchmarks.soak --seconds $(SOAK_SECONDS)

bench-names: $(VENV)/installed-tests requirements-bench.txt
	$(PIP) install --require-hashes --no-deps -r requirements-bench.txt
	$(PIP) check
	$(BIN)/python -m benchmarks.names_table
	$(BIN)/python -m benchmarks.phrase_scores

# Questions of people about tables; needs ../shared/data/questions.
bench-ask: $(VENV)/installed-tests
	$(BIN)/python -m benchmarks.ask

measure: $(VENV)/installed-tests
	$(BIN)/python -m benchmarks.measure

# New pins: needs uv (https://docs.astral.sh/uv); one file serves Python 3.11 to 3.13 on every platform.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra tests -c requirements.txt pyproject.toml -o requirements-tests.txt

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
