# Căn Cứ: `make help` lists the targets. Everything is installed into .venv; nothing outside it is touched,
# except that `make test`, run as root on Debian, installs the browser that the page is tested in and tesseract.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TORCH  := 2.13.0
SAMPLE := var/samples
PORT   ?= 8501
QUESTION ?= Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?

.DEFAULT_GOAL := help
.PHONY: help run test test-long check format eval clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: $(VENV)/.installed ## set up, read the sample collection, answer one question, serve the page (PORT=8501)
	@$(BIN)/cancu ingest samples/collection --store $(SAMPLE) \
		--label "Bộ sưu tập mẫu: các bản tóm tắt do dự án biên soạn, không phải nguyên văn văn bản"
	@$(BIN)/cancu ask --store $(SAMPLE) "$(QUESTION)"
	@echo
	@$(BIN)/cancu app --store $(SAMPLE) --port $(PORT)

test: $(VENV)/.installed-dev browser tools ## set up and run the tests (under 20 minutes on two cores)
	$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile

test-long: $(VENV)/.installed-dev browser tools ## the tests, with those that take long; pictures of the page go to var/pictures
	CANCU_PICTURES=var/pictures $(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.installed-dev ## ruff, format, mypy, then the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MAKE) test

format: $(VENV)/.installed-dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(VENV)/.installed-dev ## measure on the sets in ../shared/data (NAMES="retrieval official": see bench/evaluate.py)
	$(BIN)/python bench/evaluate.py $(NAMES)

clean: ## remove the environment and the sample store
	rm -rf $(VENV) $(SAMPLE)

# PyTorch first and on its own: a CPU build from the indexes at hand, else from PyTorch's own CPU index, and
# only then whatever the registry has (on macOS that is a CPU build; on Linux it would bring CUDA along).
$(VENV)/.torch: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên (make run PYTHON=python3.12)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet "torch==$(TORCH)+cpu" 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --index-url https://download.pytorch.org/whl/cpu "torch==$(TORCH)" 2>/dev/null || \
		$(BIN)/python -m pip install "torch==$(TORCH)"
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/.installed

.PHONY: browser
browser:
	@command -v chromium >/dev/null || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq chromium fonts-dejavu-core >/dev/null; \
		else echo "Chưa có chromium: các phép thử trang sẽ bị bỏ qua. Cài: sudo apt-get install chromium"; fi

.PHONY: tools
tools:
	@tesseract --list-langs 2>/dev/null | grep -qx vie || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq tesseract-ocr tesseract-ocr-vie >/dev/null; \
		else echo "Chưa có tesseract tiếng Việt: không đọc được bản quét. Cài: sudo apt-get install tesseract-ocr tesseract-ocr-vie"; fi
