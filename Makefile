# Two commands set everything up: `make demo` and `make test`. Nothing but Python 3.11 or later and make is needed.

# The first Python that is new enough; `make PYTHON=/path/to/python` takes another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$python -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$python; break; fi; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
SOURCES := $(shell find newsfacts -type f -not -name '*.pyc' 2>/dev/null)

# What is installed stands in a stamp. The development install is editable, so it serves the demo as well.
READY := $(if $(wildcard .venv/dev.stamp),.venv/dev.stamp,.venv/user.stamp)

.PHONY: help demo test test-batch test-browser test-compiled test-spark wheel-compiled browser lint fuzz test-lowest bench plots readme screenshots clean

help:
	@echo 'make demo    install newsfacts into .venv and extract samples/'
	@echo 'make test    install what tests need and run every check'
	@echo 'make test-spark  install PySpark and run all tests of it, in minutes; it wants Java 17'
	@echo 'make lint    the checks but for pytest'
	@echo 'make test-lowest  the tests with the oldest libraries that are allowed'
	@echo 'make fuzz    try the property tests for minutes, by atheris where it installs: SECONDS=60 for each'
	@echo 'make test-browser  the tests of the page alone; they need chromium and chromium-driver'
	@echo 'make test-batch  kill and resume over 20 000 articles, and read a file of 1 GB'
	@echo 'make wheel-compiled  a faster wheel into dist/, in minutes; it wants a C compiler'
	@echo 'make test-compiled   the same bytes from that wheel, in an environment of its own'
	@echo 'make bench   measure speed against other tools, of that wheel as well where it is there'
	@echo 'make plots   draw time and memory of batches of up to 100 000 articles'
	@echo 'make screenshots   take the pictures that they show, in chromium'
	@echo 'make readme  refresh the output of the commands in both READMEs, and docs/reference.md'
	@echo 'make clean   remove .venv and all that tools have written'

demo: $(READY)
	$(BIN)/newsfacts extract samples --format table

test: lint
	$(BIN)/pytest -n 2 --dist loadgroup

test-spark: .venv/spark.stamp
	$(BIN)/pytest -n 0 -m 'long or not long' tests/test_spark.py newsfacts/engines/spark

lint: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# In an environment of its own, with the oldest version of each library that pyproject.toml allows.
test-lowest: | $(BIN)/python
	$(BIN)/python -m venv --clear .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=.venv-lowest .venv-lowest/bin/uv pip install --quiet --resolution lowest-direct --editable '.[dev]'
	.venv-lowest/bin/python -m pytest -n 2 -p no:cacheprovider

SECONDS ?= 60
fuzz: .venv/dev.stamp
	-$(PIP) install --only-binary :all: 'atheris>=2.3'
	$(BIN)/python -m tests.fuzz $(SECONDS)

test-browser: .venv/dev.stamp browser
	$(BIN)/pytest tests/browser

browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
		{ echo 'the page is tested in a browser; install it: apt-get install chromium chromium-driver'; exit 1; }

test-batch: .venv/dev.stamp
	NEWSFACTS_TEST_ARTICLES=20000 $(BIN)/pytest tests/test_batch.py

wheel-compiled: dist/compiled.stamp

dist/compiled.stamp: pyproject.toml hatch_build.py $(SOURCES) | $(BIN)/python
	@mkdir -p dist && rm -f dist/newsfacts-*-cp*.whl
	HATCH_BUILD_HOOKS_ENABLE=1 $(PIP) wheel --no-deps --wheel-dir dist .
	@ls dist/newsfacts-*-cp*.whl && touch $@

# In an environment of its own, which sees neither the sources nor the development install.
.venv-compiled/stamp: dist/compiled.stamp
	$(BIN)/python -m venv --clear .venv-compiled
	.venv-compiled/bin/python -m pip install --quiet --quiet --disable-pip-version-check dist/newsfacts-*-cp*.whl
	touch $@

test-compiled: .venv-compiled/stamp .venv/dev.stamp
	NEWSFACTS_COMPILED=$(CURDIR)/.venv-compiled/bin/python $(BIN)/pytest -n 0 tests/test_compiled.py

bench: .venv/bench.stamp
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/throughput.py $(if $(wildcard .venv-compiled/stamp),--compiled .venv-compiled/bin/python)
	$(BIN)/python benchmarks/batch.py

plots: .venv/bench.stamp
	$(BIN)/python benchmarks/plots.py

readme: .venv/dev.stamp
	$(BIN)/python tests/test_readme.py
	$(BIN)/python -m tests.test_reference

screenshots: .venv/dev.stamp browser
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf .venv .venv-lowest .venv-compiled dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'newsfacts needs Python 3.11 or later; name one: make PYTHON=/path/to/python'; exit 1; }
	$(PYTHON) -m venv .venv

.venv/user.stamp: pyproject.toml $(SOURCES) | $(BIN)/python
	$(PIP) install .
	touch $@

.venv/dev.stamp: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[dev]'
	touch $@

.venv/spark.stamp: pyproject.toml | .venv/dev.stamp
	$(PIP) install --editable '.[dev,spark]'
	touch $@

.venv/bench.stamp: pyproject.toml | .venv/dev.stamp
	$(PIP) install --editable '.[bench]'
	touch $@
