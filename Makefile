# Thin: Meson does the work. `make help` tells the targets.
BUILD ?= build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 26

build: $(BUILD)/build.ninja ## the program: build/depesche
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD) -Dtests=false

test: ## build and run all tests (installs what they need; the same as ./test)
	./test

golden-update: build ## write anew what the golden tests expect; then read the diff word by word
	python3 tests/golden.py $(BUILD)/depesche --update

asan: ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer, each piece of an arena its own malloc
	./test build-asan -Db_sanitize=address,undefined -Darena_malloc=true -Dbuildtype=debugoptimized -Db_lundef=false

fuzz: ## five minutes of libFuzzer for each fuzz target, with ASan and UBSan (clang)
	sh bench/fuzz.sh

bench: build ## speed and accuracy; the accuracy part reads ../shared
	for b in bench/events.sh bench/parse.sh bench/speed.sh; do echo "== $$b"; sh $$b || exit 1; done

format: ## bring all C files into the form of .clang-format
	clang-format -i $$(git ls-files '*.c' '*.h')

install: build ## to the prefix of the build folder (meson configure build -Dprefix=...)
	meson install -C $(BUILD)

clean: ## remove all build folders
	rm -rf build build-*

.PHONY: help build test asan fuzz bench golden-update format install clean
