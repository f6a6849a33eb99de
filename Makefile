# Needs Python 3.11 or newer, make and a package index; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test vscode docs figures pages pictures clean

# Findings are what the demo is for: only status 2 (it could not do its work) is a failure.
demo: $(VENV)/.installed
	cd examples/mirage && ../../$(BIN)/mirage-lint check docs || test $$? -eq 1

# The checks of the code, its tests, and our own documents held against our own figures.
test: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist worksteal
	$(BIN)/mirage-lint build --check
	$(BIN)/mirage-lint check README.md docs
	$(MAKE) --no-print-directory docs

# The pages as a site in site/, whose plugin checks them as well. Nothing is fetched.
docs: $(VENV)/.developing
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# The extension for VS Code, tested and packaged. Needs npm, and Node 20 or newer.
VSCODE := editors/vscode
vscode: $(VENV)/.developing $(VSCODE)/node_modules/.installed
	cd $(VSCODE) && npm run --silent check
	cd $(VSCODE) && npm run --silent bundle
	cd $(VSCODE) && MIRAGE_LINT=$(abspath $(BIN))/mirage-lint npm run --silent test
	cd $(VSCODE) && npm run --silent package

$(VSCODE)/node_modules/.installed: $(VSCODE)/package.json
	cd $(VSCODE) && npm install --loglevel=error
	touch $@

# Measure again, and write what is made from the code and from the measurements.
figures: $(VENV)/.developing
	$(BIN)/python benchmarks/package.py
	$(BIN)/python benchmarks/startup.py
	$(BIN)/mirage-lint build

pages: $(VENV)/.developing
	$(BIN)/python docs/make_rules.py
	$(BIN)/python docs/make_commands.py
	$(BIN)/python docs/make_formats.py
	$(BIN)/python docs/make_tutorial.py
	$(BIN)/python docs/make_configuration.py
	$(BIN)/python docs/make_schema.py
	$(BIN)/python docs/make_screen.py

# The pictures of the docs, which need chromium and chromedriver.
pictures: $(VENV)/.developing
	$(BIN)/python docs/make_pictures.py

clean:
	rm -rf $(VENV) site $(VSCODE)/node_modules $(VSCODE)/dist $(VSCODE)/*.vsix

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Python 3.11 or newer is needed; name one, as in: make $(MAKECMDGOALS) PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.developing: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.installed
