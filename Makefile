# Two commands: `make run` and `make test`. The others are for those who build.
# The small programs behind them are in bin/ (docs/decisions/0001-bin.md).
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ROOMS := app communities volunteers partner_units oversight wishes love_bank accounts foundation
CODE := $(ROOMS) bin migrations tests wsgi.py
UV_COMPILE := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal --generate-hashes \
	--python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)
export FLASK_APP := wsgi

.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts pages tests format bench lock vendor translations \
	compile clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: ## start everything on this machine (HOST, PORT, DATABASE_URL, INSTANCE_PATH, DEMO=0)
	@$(PYTHON) bin/port.py
	@$(PYTHON) bin/environment.py $(if $(SCALE),scale,run)
	@bin/start || [ $$? -eq 130 ]  # 130: Ctrl-C

test: ## install what the tests need, then check everything (REQUIRE_POSTGRES=1, TEST_DATABASE_URL)
	@$(PYTHON) bin/environment.py test
	@bin/browser
	@$(MAKE) --no-print-directory check

check: lint types contracts pages tests ## everything `make test` runs, without installing

lint:
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types:
	$(BIN)/mypy $(ROOMS) bin/environment.py bin/port.py bin/vendor.py wsgi.py tests

contracts:
	$(BIN)/lint-imports

pages:
	$(BIN)/djlint --lint --quiet templates

tests: compile
	$(BIN)/pytest -n auto

format: ## put the code into its form
	$(BIN)/ruff check --fix-only $(CODE)
	$(BIN)/ruff format $(CODE)

bench: ## measure against the targets, write build/bench.json (BENCH_ROWS, BENCH_FULL=1)
	@$(PYTHON) bin/environment.py test
	@mkdir -p build
	$(BIN)/python -m tests.bench

lock: ## rewrite requirements/*.txt from *.in (UPGRADE=1 takes newer versions)
	@$(PYTHON) bin/environment.py run
	$(UV_COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV_COMPILE) requirements/run.in -o requirements/run.txt
	$(UV_COMPILE) requirements/scale.in -o requirements/scale.txt
	$(UV_COMPILE) requirements/test.in -o requirements/test.txt

vendor: ## copy the browser files from npm packages and rewrite their manifests (needs npm)
	npm ci --ignore-scripts
	$(PYTHON) bin/vendor.py

translations: ## collect the sentences of code and templates into translations/*/
	bin/translations update

compile:
	@bin/translations compile

clean: ## remove what commands made, except the data in instance/
	rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete
