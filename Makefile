# Two commands matter: `make demo` and `make test`. `make help` lists the rest. Needed: make, Python 3.11+ and its pip.
PYTHON ?= python3
BIN := .venv/bin
# uv does not read pip's find-links; a machine that keeps wheels in a folder says so once, to pip.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
COMPILE := env -u UV_FIND_LINKS $(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11
# Two libraries' threads that wait busily for one small processor ruin both.
export OMP_WAIT_POLICY ?= PASSIVE

.PHONY: help known-words demo test image-test test-neural test-second on-second check lint chaos up listen bench screenshots test-gpu test-roots test-audiocraft lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 17

# Half made, or left behind by an upgrade of the system's Python: it is made again.
WHOLE := -c 'import os, site, sys; sys.exit(not os.path.isdir(site.getsitepackages()[0]))'
$(shell test ! -d .venv || $(BIN)/python $(WHOLE) 2>/dev/null || rm -f .venv/.[a-z]*)

# The system's pip fetches the newest, which installs in half the time that an ensurepip of two years ago takes; Debian
# keeps ensurepip in a package of its own (python3-venv).
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer: make PYTHON=..."; exit 1; }
@$(1)/bin/python $(WHOLE) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(1)
@$(1)/bin/python -m pip --version >/dev/null 2>&1 \
    || $(PYTHON) -m pip --python $(1)/bin/python install --quiet --disable-pip-version-check pip 2>/dev/null \
    || $(1)/bin/python -m ensurepip >/dev/null 2>&1 \
    || { echo "pip is missing: apt install python3-pip, or python3-venv"; exit 1; }
endef

.venv/.light: requirements/default.txt pyproject.toml
	$(call environment,.venv)
	$(PIP) --no-deps -e . & ours=$$!; $(PIP) --no-compile --require-hashes -r requirements/default.txt && wait $$ours
	@touch $@

# What a first clip does without: uv weighs 18 MB, and pays where much is installed.
.venv/.uv: .venv/.light
	@$(BIN)/uv --version >/dev/null 2>&1 || $(PIP) --force-reinstall uv
	@touch $@

.venv/.service: .venv/.uv requirements/service.txt
	$(INSTALL) --require-hashes -r requirements/service.txt
	@touch $@

# Where Python may write no bytecode (PYTHONDONTWRITEBYTECODE), every program that a test starts would compile all
# that it imports, for seconds.
BYTECODE := @$(BIN)/python -m compileall -q -j 0
.venv/.test: .venv/.service requirements/test.txt
	$(INSTALL) --require-hashes -r requirements/test.txt
	$(BYTECODE) .venv/lib
	@touch $@

# The processor's torch: from a folder of wheels where pip has one, else from its own index, which uv knows.
TORCH := $(if $(UV_FIND_LINKS),,--torch-backend=cpu)
.venv/.neural: .venv/.test requirements/neural.txt requirements/neural-alone.txt
	$(INSTALL) $(TORCH) --require-hashes -r requirements/neural.txt
	$(INSTALL) --no-deps --require-hashes -r requirements/neural-alone.txt
	@touch $@

demo: .venv/.light  ## score an example clip, or yours: make demo CLIP=my.mp4 MOOD="hopeful"
	@$(BIN)/immersivaudio demo $(if $(CLIP),"$(CLIP)") $(if $(MOOD),--mood "$(MOOD)")

# One more than processors: many tests wait for other programs.
WORKERS ?= $(shell echo $$((`getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2` + 1)))
SUITE := $(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
test: .venv/.test lint  ## every test that needs no torch
	$(BYTECODE) immersivaudio worker bot tests benchmarks
	$(SUITE) -m "not neural"

test-neural: .venv/.neural  ## the tests of the neural backends (a processor's torch: 1.7 GB more)
	$(SUITE) -m neural

# Another Python beside the first, where this machine has one: on the PATH, or among pyenv's.
SECOND ?= python3.14 python3.13 python3.12 $(foreach minor,14 13 12,$(wildcard $(HOME)/.pyenv/versions/3.$(minor).*/bin/python))
test-second: .venv/.light  ## the quick unit tests on another Python, where there is one
	@for each in $(SECOND); do \
	    if $$each -c 'import ssl' 2>/dev/null && [ "`$$each -V`" != "`$(BIN)/python -V`" ]; then \
	        exec $(MAKE) --no-print-directory on-second PYTHON=$$each; fi; done; \
	    echo "no other Python here: $(SECOND)"

.venv-second/.ready: .venv/.uv requirements/test.txt
	$(call environment,.venv-second)
	$(subst $(BIN)/python,.venv-second/bin/python,$(INSTALL)) --require-hashes -r requirements/test.txt
	$(subst $(BIN)/python,.venv-second/bin/python,$(INSTALL)) --no-deps -e .
	@touch $@

on-second: .venv-second/.ready
	.venv-second/bin/python -V
	.venv-second/bin/pytest -q -n $(WORKERS) --dist loadfile -m "not slow and not neural" tests/unit

check: .venv/.test lint  ## the quick inner loop: a minute
	$(SUITE) -m "not slow and not medium and not neural" tests/unit tests/contracts

lint: .venv/.test  ## style, types, and the nevers of the design
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

chaos: .venv/.test  ## 5,000 jobs in two storms: exactly one reply each (half an hour; root may fill disks, too)
	$(BIN)/python -m tests.chaos
	$(BIN)/python -m tests.chaos --hard

image-test: .venv/.light  ## build the image with podman or docker, and send a clip through its containers
	$(BIN)/python -m benchmarks.image

up: .venv/.service  ## the whole service on this machine; tokens go into .env
	$(BIN)/immersivaudio up

listen: .venv/.light  ## every style, beside music people made, on one page to listen to
	$(BIN)/python -m benchmarks.listen

# What a newcomer installs and no more: scikit-learn imports what it finds beside it, pandas for one.
.venv-default/.ready: .venv/.uv
	$(call environment,.venv-default)
	$(subst $(BIN)/python,.venv-default/bin/python,$(INSTALL)) --require-hashes -r requirements/default.txt
	$(subst $(BIN)/python,.venv-default/bin/python,$(INSTALL)) --no-deps -e .
	@touch $@

BENCHMARKS := cuts sync detection speech composition endings tempo_fit journey composer sound cost queue bots bots_discord web generation capacity sandbox mutations provenance
bench: .venv/.neural .venv-default/.ready  ## measure, and write docs/benchmarks.md (half an hour, on a quiet machine)
	.venv-default/bin/python -m benchmarks.pipeline
	for script in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$script || exit 1; done

# In an environment that is active, with a torch of its own: ours is a processor's.
test-gpu:  ## the neural suites on this machine's GPU (PYTHON=... with the extra `neural`, pytest and hypothesis)
	TEST_DEVICE=cuda $(PYTHON) -m pytest -q -W default tests/neural \
	    $(patsubst %,tests/contracts/test_%.py,detect select describe enhance generate)

test-roots:  ## the README's lines on bare Debian 12, 13 and testing (root and mmdebstrap; half an hour)
	$(PYTHON) -m benchmarks.roots

CRAFT := .venv-audiocraft/bin
.venv-audiocraft/.ready: requirements/audiocraft.txt .venv/.uv
	$(call environment,.venv-audiocraft)
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python --no-deps --require-hashes -r requirements/audiocraft.txt
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python -c requirements/test.txt hypothesis
	$(BIN)/uv pip install --quiet --python $(CRAFT)/python --no-deps -e .
	@touch $@

test-audiocraft: .venv-audiocraft/.ready  ## the contract suite on audiocraft's own debug models (6 GB of its own)
	$(CRAFT)/python -m pytest -q tests/contracts/test_generate.py -W default -k "audiocraft or audiogen"

screenshots: .venv/.test  ## take the README's pictures of the page anew (wants a Chromium)
	$(BIN)/python -m docs.screenshots

known-words: .venv/.test  ## write the lists by which the bots tell a wish from other words
	$(BIN)/python -m tests.unit.bot.known_words

CRAFT_LOCK := $(subst --universal,--python-platform x86_64-manylinux_2_36,$(COMPILE)) --generate-hashes
lock: .venv/.uv  ## write requirements/*.txt anew
	$(COMPILE) --generate-hashes pyproject.toml -o requirements/default.txt
	$(COMPILE) --generate-hashes --extra queue --extra telegram --extra discord --extra web --extra api \
	    pyproject.toml -o requirements/service.txt
	$(COMPILE) --generate-hashes --extra queue --extra telegram --extra discord --extra web --extra api \
	    --extra mcp --extra c2pa --group dev \
	    pyproject.toml -o requirements/test.txt
	$(COMPILE) --generate-hashes -c requirements/test.txt requirements/neural.in \
	    | $(BIN)/python requirements/cpu_torch.py > requirements/neural.new && mv requirements/neural.new requirements/neural.txt
	$(COMPILE) --generate-hashes --no-deps requirements/neural-alone.in -o requirements/neural-alone.txt
	$(COMPILE) --generate-hashes -c requirements/service.txt -c requirements/neural.in --extra queue --extra neural \
	    pyproject.toml -o requirements/gpu.txt
	$(CRAFT_LOCK) requirements/audiocraft.in > requirements/audiocraft.new
	$(CRAFT_LOCK) --no-deps requirements/audiocraft-alone.in >> requirements/audiocraft.new
	mv requirements/audiocraft.new requirements/audiocraft.txt

clean:  ## forget the environment and what was made in it
	rm -rf .venv .venv-default .venv-second .venv-audiocraft build dist out
