# Every target sets up what it needs: an environment in .venv, exactly as requirements.lock says.
#
#   make lab        open the first lesson in JupyterLab      (LAB_ARGS="--no-browser --port=8890",
#                                                            LESSON=notebooks/11_...)
#   make test       run every check                          (PARTS="lint units")
#   make notebooks  execute all lessons and store their outputs
#   make lint       ruff, and the formatting
#   make format     mend what ruff can mend
#   make bench      how fast it is, beside the floor          (PARTS="steps growth")
#   make oldest     lessons and unit tests on the oldest versions of what they need
#   make wheel      build dist/*.whl, lessons and data inside
#   make lock       resolve requirements.lock anew           (LOCK_ARGS=--upgrade)
#   make clean      remove everything that was made
#
# uv is used where it is installed, pip where it is not; `make UV= ...` asks for pip.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := $(VENV)/Scripts
else
PYTHON ?= python3
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
UV ?= $(shell command -v uv 2>/dev/null)
# Trust what the machine trusts, as pip does (the second is the name older versions of uv read).
export UV_SYSTEM_CERTS ?= 1
export UV_NATIVE_TLS ?= 1

LESSON ?= notebooks/00_playground.ipynb
# No news, and no questions to PyPI. Root (in a container) has to be allowed by name.
LAB := $(PY) -m jupyterlab --LabApp.news_url=None --LabApp.extension_manager=readonly \
    --ServerApp.root_dir=$(dir $(LESSON)) --LabApp.default_url=/lab/tree/$(notdir $(LESSON)) \
    $(if $(filter 0,$(shell id -u)),--allow-root)

# Networks of this size are fastest on one thread, and two sliders do not wait for each other.
lab: export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help lab test notebooks lint format bench oldest wheel lock clean

help:
	@sed -n 's/^#   //p' Makefile

lab: $(VENV)/ready
	@test -f $(LESSON) || { echo "There is no lesson $(LESSON)." >&2; exit 1; }
	@$(LAB) $(LAB_ARGS)

test: $(VENV)/ready
	@$(PY) tests/run.py $(PARTS)

notebooks: $(VENV)/ready
	@$(PY) -m course.series execute
	@$(PY) -m course.series picture notebooks/00_playground.ipynb

lint: $(VENV)/ready
	@$(PY) tests/run.py lint

format: $(VENV)/ready
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: $(VENV)/ready
	@$(PY) -m benchmarks $(PARTS)

oldest: $(VENV)/ready
	@$(PY) tests/versions.py oldest
	@$(PY) tests/versions.py oldest units

wheel: $(VENV)/ready
	@$(PY) -m hatchling build -t wheel

lock:
	@test -n "$(UV)" || { echo "make lock needs uv: $(PYTHON) -m pip install uv" >&2; exit 1; }
	@$(UV) pip compile pyproject.toml --extra notebooks --extra dev --output-file requirements.lock \
	    --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" $(LOCK_ARGS)
	@echo "requirements.lock is up to date."

clean:
	@rm -rf $(VENV) build dist mutants .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment, made anew when the lock file changes.
$(VENV)/locked: requirements.lock
	@echo "Making the environment in $(VENV) with $(if $(UV),uv,pip) (once) ..."
	@rm -rf $(VENV)
ifneq ($(UV),)
	@$(UV) venv --quiet --no-project --python "$(if $(filter file undefined default,$(origin PYTHON)),>=3.11,$(PYTHON))" $(VENV)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
else
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile \
	    -r requirements.lock
	@$(PY) -m compileall -qq -j 0 $(VENV)/lib $(VENV)/Lib 2>/dev/null || true # as pip does, on all cores
endif
	@touch $@

# Nobody is asked about news, and nothing looks for updates: a lesson opens without the network.
LAB_SETTINGS := $(VENV)/share/jupyter/lab/settings
QUIET := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}

# The course itself, editable. Importing Matplotlib once builds its list of fonts, so that the
# first lesson need not wait for it.
$(VENV)/ready: $(VENV)/locked pyproject.toml
ifneq ($(UV),)
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
else
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@mkdir -p $(LAB_SETTINGS) && echo '$(QUIET)' > $(LAB_SETTINGS)/overrides.json
	@$(PY) -c "import matplotlib.font_manager"
	@touch $@
