# Every command there is. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help start setup check fix lint types layers templates migrations deploycheck fresh scripts guards test journeys faults where demo diagrams schema screens lock vendor
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
RUN := .venv/bin/
TESTS := $(RUN)pytest -n 2 --dist worksteal
PRODUCTION := TRIGPOINT_HOSTS=qa.trust.example DATABASE_URL=sqlite:///:memory: SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')
export UV_PYTHON_DOWNLOADS = never

help: ## List these commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: ## Install, migrate, load the demo if empty, serve; PORT=8001 for another port
	@$(PYTHON) deploy/install.py run --port $(PORT)
	@TRIGPOINT_DEMO=$${TRIGPOINT_DEMO-1} $(PY) manage.py serve --port $(PORT)

setup: ## Install what developing needs
	@$(PYTHON) deploy/install.py develop

check: lint types layers templates migrations deploycheck fresh scripts guards ## Everything that can be said in a minute or two

lint: setup ## Ruff: layout and rules
	$(RUN)ruff format --check .
	$(RUN)ruff check .

types: setup ## mypy, strict
	$(RUN)mypy trigpoint tests

layers: setup ## Who may import whom
	$(RUN)lint-imports

templates: setup ## djlint
	$(RUN)djlint trigpoint --lint --check --quiet

migrations: setup ## Every model change has its migration
	@mkdir -p var
	$(PY) manage.py check --database default --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run

deploycheck: setup ## Django's own checks under production settings
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level INFO

fresh: setup ## Generated documents say what the code says
	$(PY) manage.py diagrams --check
	$(PY) manage.py schema --check

scripts: setup ## Tests of what runs in the browser, with the Node.js that Playwright brings
	@$$(ls .venv/lib/*/site-packages/playwright/driver/node) --test --test-reporter=dot $$(find tests -name '*.test.js')

guards: setup ## Sizes, layout, names, boundaries, menus: the guard tests
	$(TESTS) -q -m "not slow" tests/architecture

fix: setup ## Format, and fix what can be fixed
	$(RUN)ruff check --fix .
	$(RUN)ruff format .
	$(RUN)djlint trigpoint --reformat --quiet

test: setup ## Run the tests; ARGS="-k close" to narrow
	$(TESTS) $(ARGS)

journeys: setup ## Only the tests that drive a browser
	$(RUN)pytest -m journey $(ARGS)

faults: setup ## Kill, cut off and repeat while devices send; count what is lost; ARGS="--engine postgres"
	$(PY) -m tests.faults $(ARGS)

where: setup ## Which files make a page? URL=/reviews/
	@$(PY) manage.py where $(URL)

demo: setup ## Load the demo trust into an empty database
	TRIGPOINT_DEMO=1 $(PY) manage.py load_demo --if-empty

diagrams: setup ## Write docs/workflows, docs/permissions.md and ARCHITECTURE.md's table
	$(PY) manage.py diagrams

schema: setup ## Write docs/api/openapi.yaml
	$(PY) manage.py schema

screens: setup ## Write docs/screens: pictures of the main screens; ARGS="overview-trust" for some
	$(PY) -m tests.journeys.screens $(ARGS)

lock: setup ## Lock the dependencies again after changing pyproject.toml
	$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

vendor: ## Copy the front-end files that package.json names; needs node
	npm ci
	$(PY) manage.py vendor
