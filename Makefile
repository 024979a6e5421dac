# The guide's commands. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
PINS := $(VENV)/pins.txt
CHECKS := unit problems style layers types scripts workflows
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
unexport PYTHONDONTWRITEBYTECODE # a run starts many processes: each would compile all our modules again

.PHONY: help experiments experiments-test experiments-lock vendor search-report serve build pdf build-zensical newest-zensical check lint problems style layers types scripts workflows unit test bench audit screenshots links links-external stale refresh withdraw words find new-term new-source new-fact new-figure schemas critical lock locked clean
help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

# ---- what each command needs, installed once: the build; with it the quick loop; with that the browser

define venv
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Python 3.11.5 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.13 …")'
$(PYTHON) -m venv $(VENV)
endef

$(VENV)/.build: requirements.txt pyproject.toml
	$(venv)
	$(PIP) -r requirements.txt
	@touch $@

$(PINS): requirements.lock $(VENV)/.build
	@sed -e '/--hash=/d' -e 's/ *\\$$//' $< > $@

$(VENV)/.check: $(PINS)
	$(PIP) -c $(PINS) -e '.[check]'
	@touch $@

$(VENV)/.test: $(VENV)/.check
	$(PIP) -c $(PINS) --no-build-isolation -e '.[test]'
	$(PY) tests/chromium.py
	@touch $@

# ---- write and look

serve: $(VENV)/.build ## serve the guide at http://127.0.0.1:8000 and reload pages when files change; PORT=8001 for another port
	$(PY) -m fieldguide serve $(if $(PORT),--port $(PORT))

build: $(VENV)/.build ## check everything and build into site/; if that fails, the old site/ is kept
	$(PY) -m fieldguide build site

find: $(VENV)/.build ## find the files of something, and the places that name it: make find NAME=chinchilla
	@$(PY) -m fieldguide find "$(NAME)"

new-term: $(VENV)/.build ## write a new glossary term: make new-term NAME=context-window
	@$(PY) -m fieldguide new-term "$(NAME)"

new-source: $(VENV)/.build ## write a new source: make new-source NAME=hoffmann2022 TOPIC=training
	@$(PY) -m fieldguide new-source "$(NAME)" --topic "$(TOPIC)"

new-fact: $(VENV)/.build ## write a new fact: make new-fact NAME=gopher-budget TOPIC=training
	@$(PY) -m fieldguide new-fact "$(NAME)" --topic "$(TOPIC)"

new-figure: $(VENV)/.build ## write a new figure with example data: make new-figure NAME=two-margins KIND=bars
	@$(PY) -m fieldguide new-figure "$(NAME)" --kind "$(KIND)"

critical: $(VENV)/.test ## update the lists of CSS rules for the first screen of each kind of page
	@$(PY) -m fieldguide critical

schemas: $(VENV)/.build ## rewrite the JSON schemas of the records and the tables of their keys
	@$(PY) -m fieldguide schemas

# ---- prove: `check` and `test` need Python and Chromium, and nothing else

check: $(VENV)/.check ## run the quick checks in parallel: all problems, lint, unit tests
	@$(MAKE) --no-print-directory --keep-going --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) $(CHECKS)

lint: $(VENV)/.check $(filter-out unit,$(CHECKS)) ## run `check` without the unit tests

problems: $(VENV)/.check
	$(PY) -m fieldguide check

style: $(VENV)/.check
	$(PY) -m ruff check
	$(PY) -m ruff format --check --quiet

layers: $(VENV)/.check
	$(VENV)/bin/lint-imports

types: $(VENV)/.check
	$(PY) -m mypy

scripts: $(VENV)/.check
	$(VENV)/bin/oxlint --deny-warnings overrides docs fieldguide audit

workflows: $(VENV)/.check
	$(VENV)/bin/zizmor --offline --quiet .github

unit: $(VENV)/.check
	$(PY) -m pytest -n auto --ignore=tests/website --ignore=tests/browser -m "not whole"

test: $(VENV)/.test ## run all tests, including the built site in Chromium; ARGS="tests/test_numbers.py -k range" runs a part
	$(PY) -m pytest -n auto $(ARGS)

audit: $(VENV)/.check ## run the checks that need Java and Node: every page of site/ in the HTML checker, its decks in LibreOffice, then the cost of six pages; SITE=folder, PAGES="/ stack/", RUNS=1
	$(PY) -m audit $(or $(SITE),site) $(if $(PAGES),--pages $(PAGES)) $(if $(RUNS),--runs $(RUNS))

bench: $(VENV)/.build ## compare builds with a stock build in CPU seconds, and time how long edits take to show; not a test
	$(PY) -m fieldguide bench

search-report: $(VENV)/.test ## search for every question of tests/search.yml and print the rank of the right page; ARGS="what is rag" searches for that instead
	$(PY) -m tests.search_report $(if $(ARGS),"$(ARGS)")

screenshots: $(VENV)/.test ## take screenshots of every page type at 360, 768 and 1440 px, light and dark, into screenshots/
	$(PY) tests/screenshots.py $(ARGS)

links-external: $(VENV)/.build ## request every external link and report problems; always exits 0
	$(PY) -m fieldguide links

stale: $(VENV)/.build ## list the claims due for review before a day: make stale BEFORE=2027-01-01
	@$(PY) -m fieldguide stale --before "$(BEFORE)" $(if $(FIT),--fit $(FIT))

refresh: $(VENV)/.build ## compare token prices with public lists and print a table; WRITE=1 writes what the lists confirm or change, FROM=folder reads copies
	@$(PY) -m fieldguide refresh $(if $(FROM),--from "$(FROM)") $(if $(WRITE),--write) $(if $(DAY),--day "$(DAY)")

withdraw: $(VENV)/.build ## withdraw claims, keeping their addresses: make withdraw NAMES="a.b c.d" WHY="…" DAY=2026-11-30
	@$(PY) -m fieldguide withdraw $(NAMES) --why "$(WHY)" --day "$(DAY)"

words: $(VENV)/.build ## count the visible words of each chapter and the checked numbers in its running text
	@$(PY) -m fieldguide words

# ---- our own models: an environment of their own, which nothing else needs

LAB := .venv-experiments
$(LAB)/.ready: experiments/requirements.lock
	$(PYTHON) -m venv $(LAB)
	$(LAB)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

experiments: $(LAB)/.ready ## train our own models from a seed: about four hours on one core; finished runs are not repeated
	$(LAB)/bin/python -m experiments all

experiments-test: $(LAB)/.ready ## run the tests of experiments/ that need PyTorch
	$(LAB)/bin/python -m pytest -q experiments/tests $(ARGS)

experiments-lock: ## update experiments/requirements.lock to the newest versions that requirements.in allows
	rm -rf $(LAB) && $(PYTHON) -m venv $(LAB)
	$(LAB)/bin/python -m pip install --quiet --disable-pip-version-check -r experiments/requirements.in
	echo '# What the experiments ran with, exactly. Written by `make experiments-lock`.' > experiments/requirements.lock
	$(LAB)/bin/python -m pip list --format freeze --exclude pip --exclude setuptools | sed 's/+cpu$$//' >> experiments/requirements.lock
	@touch $(LAB)/.ready

# ---- publish and keep

links: $(VENV)/.build ## add all published addresses to data/links.txt; none is ever removed
	$(PY) -m fieldguide record-links

pdf: $(VENV)/.test ## build the site, then its PDFs into site/pdf/: each section, each reading path, the whole guide, the decks; EPUBs of guide and paths into site/epub/; SITE=folder uses a site already built
	$(if $(SITE),,FIELDGUIDE_PDF=true $(MAKE) build)
	$(PY) -m fieldguide pdf $(or $(SITE),site)

newest-zensical: $(VENV)/.test ## test build-zensical with the newest Zensical, then reinstall the pinned one
	$(PIP) --upgrade zensical
	@rm $(VENV)/.test
	$(PY) -m pip show zensical | grep Version
	$(PY) -m pytest tests/website/test_zensical.py

build-zensical: $(VENV)/.test ## build the same pages with Zensical, from a copy, into site-zensical/
	$(PY) -m fieldguide copy site-zensical/source
	cd site-zensical/source && ../../$(PY) -m zensical build --clean
	$(PY) -m fieldguide finish site-zensical/source/site
	rm -rf site-zensical/site && mv site-zensical/source/site site-zensical/site

vendor: $(VENV)/.build ## download MiniSearch from npm and check its hash; version and hash are in fieldguide/commands/vendor.py
	$(PY) -m fieldguide vendor

LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11.5 --no-annotate pyproject.toml
lock: $(VENV)/.build ## update requirements.txt and requirements.lock from pyproject.toml; UPGRADE=yes takes the newest versions
	$(PIP) -e '.[lock]'
	sed '/^-e/d' requirements.txt > $(VENV)/wanted.txt
	$(LOCK) --extra test --generate-hashes $(if $(UPGRADE),--upgrade,-c $(VENV)/wanted.txt) --custom-compile-command 'make lock' --output-file requirements.lock
	$(subst pyproject.toml,audit/pip-audit.in,$(LOCK)) --generate-hashes $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' --output-file audit/pip-audit.txt
	echo '# What the build needs, exactly. Written by `make lock`.' > $(VENV)/wanted.txt
	$(LOCK) -c requirements.lock --no-header >> $(VENV)/wanted.txt
	printf '%s\n' "# this project's own package" '-e .' >> $(VENV)/wanted.txt
	cmp -s $(VENV)/wanted.txt requirements.txt || cp $(VENV)/wanted.txt requirements.txt

locked: ## install the .venv of `check` from requirements.lock, checking the hash of every file, as CI does
	$(venv)
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.build && $(MAKE) --no-print-directory $(PINS) && touch $(VENV)/.check

clean: ## remove everything that was built
	rm -rf site site-zensical screenshots .cache/exports .cache/pages .cache/prints
