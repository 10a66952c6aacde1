# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
# uv does not read pip's find-links; a machine that keeps wheels in a folder says so once, to pip.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
# Tests must not meet the threads of one library fighting those of another on a small machine.
export OMP_WAIT_POLICY ?= PASSIVE

.PHONY: help demo test check lint lock bench clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.venv/.light: requirements/default.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(INSTALL) --require-hashes -r requirements/default.txt
	$(INSTALL) --no-deps -e .
	@touch $@

.venv/.full: .venv/.light requirements/test.txt
	$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

demo: .venv/.light  ## score an example clip, or yours: make demo CLIP=my.mp4 MOOD="hopeful"
	@$(BIN)/immersivaudio demo $(if $(CLIP),"$(CLIP)") $(if $(MOOD),--mood "$(MOOD)")

test: .venv/.full lint  ## every test there is
	$(BIN)/pytest -q

check: .venv/.full lint  ## the quick inner loop
	$(BIN)/pytest -q -m "not slow" tests/unit tests/contracts

lint: .venv/.full
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: .venv/.light  ## write requirements/*.txt anew
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
	    --python-version 3.11 pyproject.toml -o requirements/default.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
	    --python-version 3.11 --extra queue --extra telegram --extra discord --extra web --group dev \
	    pyproject.toml -o requirements/test.txt

clean:  ## forget the environment and what was made in it
	rm -rf .venv build dist out
