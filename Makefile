# Two commands matter: `make run` and `make test`. Everything below serves them.
SHELL := /bin/sh
ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := $(ROOT)/.venv
BIN := $(VENV)/bin
# As many processes as cores, each with a database server of its own; with a server given, one after the other.
SIDE_BY_SIDE = $(if $(DATABASE_URL),,-n auto --maxprocesses 4 --no-loadscope-reorder)
ASSETS := $(ROOT)/src/goodfaith/faces/assets

.PHONY: run install assets test test-fast lint bench lock browser clean help
help:
	@echo "make run     set everything up and serve the demo city on http://$(HOST):$(PORT)"
	@echo "make test    run every check there is"
	@echo "make bench   measure, as ratios in one run"
	@echo "make lock    renew the lock files (needs the developer's tools)"
	@echo "make clean   remove the virtual environment, built assets and the demo city"

run: install assets
	@cd "$(ROOT)" && "$(BIN)/goodfaith" serve --demo --host $(HOST) --port $(PORT)

install: $(VENV)/.installed
$(VENV)/.installed: $(ROOT)/requirements.lock $(ROOT)/pyproject.toml
	@sh "$(ROOT)/scripts/install.sh" "$(ROOT)" requirements.lock
	@touch "$@"

$(VENV)/.installed-dev: $(VENV)/.installed $(ROOT)/requirements-dev.lock
	@sh "$(ROOT)/scripts/install.sh" "$(ROOT)" requirements-dev.lock
	@touch "$@"

assets: $(ASSETS)/.built
$(ASSETS)/.built: $(ROOT)/package-lock.json $(ROOT)/scripts/build_assets.mjs $(shell find $(ROOT)/src/goodfaith/faces/static_src -type f 2>/dev/null) | install
	@sh "$(ROOT)/scripts/assets.sh" "$(ROOT)"
	@touch "$@"

browser:
	@sh "$(ROOT)/scripts/browser.sh"

lint: $(VENV)/.installed-dev
	@cd "$(ROOT)" && echo "== ruff" && "$(BIN)/ruff" check src tests benchmarks
	@cd "$(ROOT)" && echo "== import-linter" && "$(BIN)/lint-imports"
	@cd "$(ROOT)" && echo "== packs" && "$(BIN)/goodfaith" packs check packs
	@cd "$(ROOT)" && echo "== mypy" && "$(BIN)/mypy"

test: lint assets browser
	@cd "$(ROOT)" && echo "== migrations, tests" && "$(BIN)/python" -m pytest -q --create-db $(SIDE_BY_SIDE)

test-fast: $(VENV)/.installed-dev
	@cd "$(ROOT)" && "$(BIN)/python" -m pytest -q -m "not browser"

bench: $(VENV)/.installed-dev
	@cd "$(ROOT)" && for f in benchmarks/[a-z]*.py; do echo "== $$f"; "$(BIN)/python" "$$f" || exit 1; done

lock:
	@sh "$(ROOT)/scripts/lock.sh" "$(ROOT)"

clean:
	@[ ! -x "$(BIN)/python" ] || for home in "$(ROOT)"/.goodfaith/test* "$(ROOT)/.goodfaith"; do \
		[ ! -d "$$home" ] || GOODFAITH_HOME="$$home" "$(BIN)/python" -m goodfaith.common.embedded; done
	@rm -rf "$(VENV)" "$(ASSETS)" "$(ROOT)/node_modules" "$(ROOT)/.goodfaith"
