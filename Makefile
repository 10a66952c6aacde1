# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
# uv does not read pip's find-links; a machine that keeps wheels in a folder says so once, to pip.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
COMPILE := env -u UV_FIND_LINKS $(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11
# Two libraries' threads that wait busily for one small processor ruin both.
export OMP_WAIT_POLICY ?= PASSIVE

.PHONY: help demo test check lint chaos up listen bench screenshots test-gpu test-audiocraft lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 17

.venv/.light: requirements/default.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(INSTALL) --require-hashes -r requirements/default.txt
	$(INSTALL) --no-deps -e .
	@touch $@

.venv/.service: .venv/.light requirements/service.txt
	$(INSTALL) --require-hashes -r requirements/service.txt
	@touch $@

.venv/.full: .venv/.service requirements/test.txt requirements/neural.txt requirements/neural-alone.txt
	$(INSTALL) --require-hashes -r requirements/test.txt
	$(INSTALL) -r requirements/neural.txt
	$(INSTALL) --no-deps -r requirements/neural-alone.txt
	@touch $@

demo: .venv/.light  ## score an example clip, or yours: make demo CLIP=my.mp4 MOOD="hopeful"
	@$(BIN)/immersivaudio demo $(if $(CLIP),"$(CLIP)") $(if $(MOOD),--mood "$(MOOD)")

test: .venv/.full lint  ## every test there is
	$(BIN)/pytest -q -n auto --dist loadfile

check: .venv/.full lint  ## the quick inner loop
	$(BIN)/pytest -q -n auto --dist loadfile -m "not slow" tests/unit tests/contracts

lint: .venv/.full  ## style, types, and the nevers of the design
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

chaos: .venv/.full  ## 2,000 jobs and a storm of kills: exactly one reply each (5 to 10 minutes)
	$(BIN)/python -m tests.chaos

up: .venv/.service  ## the whole service on this machine; tokens go into .env
	$(BIN)/immersivaudio up

listen: .venv/.light  ## every palette over three clips, on one page to listen to
	$(BIN)/python -m benchmarks.listen

# What a newcomer installs and no more: scikit-learn imports what it finds beside it, pandas for one.
.venv-default/.ready: .venv/.light
	$(PYTHON) -m venv .venv-default
	$(subst $(BIN)/python,.venv-default/bin/python,$(INSTALL)) --require-hashes -r requirements/default.txt
	$(subst $(BIN)/python,.venv-default/bin/python,$(INSTALL)) --no-deps -e .
	@touch $@

BENCHMARKS := cuts detection composition tempo_fit composer sound cost queue bots bots_discord web generation capacity
bench: .venv/.full .venv-default/.ready  ## measure, and write docs/benchmarks.md (half an hour, on a quiet machine)
	.venv-default/bin/python -m benchmarks.pipeline
	for script in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$script || exit 1; done

# In an environment that is active, with a torch of its own: ours is a processor's.
test-gpu:  ## the neural suites on this machine's GPU (PYTHON=... with the extra `neural`, pytest and hypothesis)
	TEST_DEVICE=cuda $(PYTHON) -m pytest -q -W default tests/neural \
	    $(patsubst %,tests/contracts/test_%.py,detect select describe enhance generate)

CRAFT := .venv-audiocraft/bin
.venv-audiocraft/.ready: requirements/audiocraft.txt .venv/.light
	$(PYTHON) -m venv .venv-audiocraft
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python -r requirements/audiocraft.txt hypothesis
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python --no-deps audiocraft==1.3.0
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python --no-deps -e .
	@touch $@

test-audiocraft: .venv-audiocraft/.ready  ## the contract suite on audiocraft's own debug models (6 GB of its own)
	$(CRAFT)/python -m pytest -q tests/contracts/test_generate.py -W default -k "audiocraft or audiogen"

screenshots: .venv/.full  ## take the README's pictures of the page anew (wants a Chromium)
	$(BIN)/python -m docs.screenshots

lock: .venv/.light  ## write requirements/*.txt anew
	$(COMPILE) --generate-hashes pyproject.toml -o requirements/default.txt
	$(COMPILE) --generate-hashes --extra queue --extra telegram --extra discord --extra web \
	    pyproject.toml -o requirements/service.txt
	$(COMPILE) --generate-hashes --extra queue --extra telegram --extra discord --extra web --group dev \
	    pyproject.toml -o requirements/test.txt
	$(COMPILE) -c requirements/test.txt requirements/neural.in \
	    | grep -vE '^(nvidia-[^m]|cuda-|triton)' > requirements/neural.txt

clean:  ## forget the environment and what was made in it
	rm -rf .venv .venv-default .venv-audiocraft build dist out
