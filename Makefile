# pmt. One non-recursive Makefile; sources are found by wildcard, dependencies by the compiler.
#
#   make                         build/pmt
#   make demo                    set up, build, run the main job on examples/yibao
#   make check [T=e2e/task]      set up, build, every test (whose name contains T)
#   make check SANITIZE=address,undefined      make check-thread
#   make unit T=base/civil       one unit test
#   make bench  make fuzz T=60 [F=ini]  make coverage  make mutate M=lib/plan/calendar.c  make lint
#   make rules [R=change/judge]  does each rule that judges a change have a test that fails without it?
#   make install [DESTDIR= prefix=/usr/local]  make deb  make dist  make po
#   make setup                   install what building needs (SET=build, check, lint, fuzz or all)
comma := ,
B ?= build
prefix ?= /usr/local
DESTDIR ?=
SANITIZE ?=
CC ?= cc

# A release archive carries its version in .ci/version; a clone asks git.
VERSION := $(shell v=$$(cat .ci/version 2>/dev/null); case $$v in (''|*Format:*) \
	git describe --tags --always --dirty 2>/dev/null || echo 0.1.0;; (*) set -- $$v; echo "$$1";; esac)
SYSTEM := $(shell uname -s)

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wno-format-nonliteral
HARDENING := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE
ifeq ($(SYSTEM),Linux)
HARDENING += -fstack-clash-protection
LINK_HARDENING := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--as-needed
else
# Homebrew and the BSDs keep their libraries where pkg-config says.
PACKAGES := libgit2 inih libutf8proc jansson expat libcrypto
CPPFLAGS += $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDFLAGS += $(shell pkg-config --libs-only-L $(PACKAGES) 2>/dev/null)
endif
ifneq ($(SANITIZE),)
HARDENING := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -fPIE \
	-DARENA_DEBUG
# Lines are what a report of theirs needs; the rest of -g is a fifth of the time to compile.
CFLAGS := -O1 -g1
B := build/$(subst $(comma),-,$(SANITIZE))
endif

ALL_CPPFLAGS := -D_GNU_SOURCE -Ilib -I. -include lib/base/banned.h \
	$(CPPFLAGS)
ALL_CFLAGS := -std=c17 -ffp-contract=off $(WARNINGS) $(HARDENING) $(CFLAGS) $(EXTRA)
ALL_LDFLAGS := $(LINK_HARDENING) $(LDFLAGS) $(EXTRA)
# libgit2 and libcrypto are not linked but loaded when first needed: see lib/git/library-internal.h, lib/base/digest.c.
LIBRARIES := -linih -lutf8proc -ljansson -lexpat -lpthread -lm

LIB_SOURCES := $(wildcard lib/*/*.c lib/*/*/*.c)
CMD_SOURCES := $(wildcard cmd/*.c cmd/cli/*.c)
UNIT_SOURCES := $(wildcard tests/unit/*/*_test.c)
SUPPORT_SOURCES := $(wildcard tests/support/*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/*_fuzz.c)
BENCH_SOURCES := $(wildcard tests/bench/*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(B)/%.o)
CMD_OBJECTS := $(CMD_SOURCES:%.c=$(B)/%.o)
SUPPORT_OBJECTS := $(SUPPORT_SOURCES:%.c=$(B)/%.o)
TEST_OBJECTS := $(UNIT_SOURCES:%.c=$(B)/%.o) $(FUZZ_SOURCES:%.c=$(B)/%.o) \
	$(BENCH_SOURCES:%.c=$(B)/%.o) $(SUPPORT_OBJECTS) $(B)/tests/fuzz/replay.o
UNITS := $(UNIT_SOURCES:%.c=$(B)/%)
REPLAYS := $(FUZZ_SOURCES:%_fuzz.c=$(B)/%_replay)
BENCHES := $(BENCH_SOURCES:%.c=$(B)/%)
CATALOGUES := $(patsubst lib/base/po/%.po,$(B)/locale/%/LC_MESSAGES/pmt.mo,$(wildcard lib/base/po/*.po))
MANUALS := $(patsubst man/%.in,$(B)/man/%,$(wildcard man/*.in)) \
	$(patsubst man/%,$(B)/man/%,$(wildcard man/*.[1-8]))
# A kind of records has a page made from its table when none is written by hand.
NOUNS := $(filter-out $(patsubst man/pmt-%.1.in,%,$(wildcard man/pmt-*.1.in)), \
	$(patsubst lib/model/kinds/%.c,%,$(wildcard lib/model/kinds/*.c)))
MANUALS += $(NOUNS:%=$(B)/man/pmt-%.1)
METHODS := $(patsubst lib/register/methods/%,$(B)/methods/%,$(wildcard lib/register/methods/*.ini))
COMPLETIONS := $(B)/completions/pmt.bash $(B)/completions/_pmt $(B)/completions/pmt.fish

# -j for the inner make unless the outer one has it already.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))
INNER = $(MAKE) --no-print-directory $(JOBS)

.PHONY: all unit clean setup demo check check-build check-thread bench bench-build fuzz coverage \
	mutate rules lint install uninstall deb dist po manuals catalogues force
all: $(B)/pmt catalogues $(METHODS)
catalogues: $(CATALOGUES)
manuals: $(MANUALS)

# --- compiling -------------------------------------------------------------------------------
# V=1 shows the commands.
Q = $(if $(V),,@)
say = @$(if $(V),:,printf '  %-7s %s\n' $(1) '$(2)')

# Says what is missing, once, before the compiler would say it less clearly.
$(B)/.libraries: .ci/setup
	@mkdir -p $(@D)
	@CC='$(CC)' sh .ci/setup --look build
	@touch $@

# Other flags than last time: everything is compiled again.
FLAGS := $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBRARIES) $(LDLIBS)
define write_if_changed
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(1))' > $@
endef
$(B)/.flags: force
	$(call write_if_changed,$(FLAGS))
$(B)/.installed: force
	$(call write_if_changed,$(VERSION) $(prefix))

$(B)/%.o: %.c $(B)/.flags | $(B)/.libraries
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(INSTALLED) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Only who asks for the version or the place of the catalogues is compiled again when they change.
WHERE := $(shell grep -lE "PMT_(VERSION|LOCALEDIR)" $(LIB_SOURCES) $(CMD_SOURCES) /dev/null)
$(WHERE:%.c=$(B)/%.o): INSTALLED = -DPMT_VERSION='"$(VERSION)"' -DPMT_LOCALEDIR='"$(prefix)/share/locale"'
$(WHERE:%.c=$(B)/%.o): $(B)/.installed

$(B)/libpmt.a: $(LIB_OBJECTS)
	@rm -f $@
	$(call say,ar,$@)
	$(Q)ar rcs $@ $^

$(B)/pmt: $(CMD_OBJECTS) $(B)/libpmt.a
	$(call say,ld,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(LDLIBS)

$(UNITS): $(B)/%: $(B)/%.o $(SUPPORT_OBJECTS) $(B)/libpmt.a
	$(call say,ld,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ -lcmocka $(LIBRARIES) $(LDLIBS)

$(REPLAYS): $(B)/%_replay: $(B)/%_fuzz.o $(B)/tests/fuzz/replay.o $(B)/libpmt.a
	$(call say,ld,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(LDLIBS)

$(BENCHES): $(B)/%: $(B)/%.o $(B)/tests/support/fits.o $(B)/libpmt.a
	$(call say,ld,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES) $(LDLIBS)

$(B)/locale/%/LC_MESSAGES/pmt.mo: lib/base/po/%.po
	@mkdir -p $(@D)
	$(call say,msgfmt,$@)
	$(Q)msgfmt -c -o $@ $<

$(B)/methods/%: lib/register/methods/%
	@mkdir -p $(@D)
	$(Q)cp $< $@

# Lines of a manual page that read @pmt ARGUMENTS@ become what that command prints.
$(B)/man/%: man/%.in $(B)/pmt .ci/manual
	@mkdir -p $(@D)
	$(call say,man,$@)
	$(Q)sh .ci/manual $(B)/pmt $< > $@.new && mv $@.new $@
$(B)/man/%: man/%
	@mkdir -p $(@D)
	$(Q)cp $< $@

$(NOUNS:%=$(B)/man/pmt-%.1): $(B)/man/pmt-%.1: $(B)/pmt .ci/manual
	@mkdir -p $(@D)
	$(call say,man,$@)
	$(Q)sh .ci/manual $(B)/pmt noun $* > $@.new && mv $@.new $@

$(B)/completions/pmt.bash: SHELL_NAME = bash
$(B)/completions/_pmt: SHELL_NAME = zsh
$(B)/completions/pmt.fish: SHELL_NAME = fish
$(COMPLETIONS): $(B)/pmt
	@mkdir -p $(@D)
	$(call say,completion,$@)
	$(Q)$(B)/pmt complete --script $(SHELL_NAME) > $@.new && mv $@.new $@

# --- running ---------------------------------------------------------------------------------
SET ?= build
setup:
	@sh .ci/setup $(SET)

demo:
	@sh .ci/setup build
	@$(INNER) all
	@sh .ci/demo $(B)

# make unit [T=base/civil]
unit: $(if $(T),$(B)/tests/unit/$(T)_test,$(UNITS))
	@for t in $^; do echo "# $$t"; $$t || exit 1; done

check-build: all $(UNITS) $(REPLAYS) $(MANUALS) $(BENCHES) $(COMPLETIONS)

check:
	@sh .ci/setup check
	@$(INNER) check-build
	@B='$(B)' SANITIZE='$(SANITIZE)' perl tests/run $(if $(T),--only '$(T)')

check-thread:
	@$(MAKE) --no-print-directory SANITIZE=thread T='$(or $(T),unit/)' check

bench-build: all $(BENCHES)
bench:
	@sh .ci/setup build
	@$(INNER) bench-build
	@B='$(B)' perl tests/bench/run $(BENCH)

fuzz:
	@sh .ci/setup fuzz
	@B=build/fuzz perl tests/fuzz/run $(or $(T),60) $(F)

coverage:
	@sh .ci/setup coverage
	@$(INNER) B=build/coverage CFLAGS='-O0 -g' EXTRA='--coverage -fprofile-update=atomic' check-build
	@find build/coverage -name '*.gcda' -delete
	@B=build/coverage perl tests/run --only unit/ --only e2e/ --only fuzz/
	@gcovr --root . --object-directory build/coverage --filter lib/ --filter cmd/ --exclude-throw-branches \
		--json build/coverage/all.json
	@gcovr --root . --add-tracefile build/coverage/all.json --html-details build/coverage/index.html
	@for folder in lib cmd; do echo "$$folder/:"; gcovr --root . --add-tracefile build/coverage/all.json \
		--filter $$folder/ --print-summary --output /dev/null; done
	@echo 'by line: build/coverage/index.html'

mutate:
	@perl tests/mutate $(M)

# All of tests/rules.txt takes half an hour.
rules:
	@perl tests/rules $(R)

lint:
	@sh .ci/setup lint
	@$(INNER) all manuals
	@B='$(B)' sh tests/lint/tools/all

# --- shipping --------------------------------------------------------------------------------
install: all manuals $(COMPLETIONS)
	@B='$(B)' DESTDIR='$(DESTDIR)' prefix='$(prefix)' sh .ci/install

deb:
	@sh .ci/setup build
	@$(INNER) B=build/deb prefix=/usr all manuals
	@sh .ci/deb '$(VERSION)'

# Same commit, same bytes.
dist:
	@mkdir -p $(B)
	git archive --format=tar --prefix='pmt-$(VERSION)/' HEAD | gzip -9n > '$(B)/pmt-$(VERSION).tar.gz'
	@cd $(B) && sha256sum 'pmt-$(VERSION).tar.gz'

# Takes new messages into the catalogues and drops those that are gone.
po: $(B)/pmt.pot
	@for f in lib/base/po/*.po; do \
		msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap "$$f" $< && \
		msgattrib --no-obsolete --no-wrap -o "$$f" "$$f" && \
		printf '%s: ' "$$f" && msgfmt -c --statistics -o /dev/null "$$f"; done
$(B)/pmt.pot: $(B)/pmt .ci/messages
	@mkdir -p $(@D)
	@B='$(B)' sh .ci/messages $@

# What a program that uses the library is linked with, for tests/fuzz/run.
.PHONY: show-libraries
show-libraries:
	@echo $(LIBRARIES) $(LDLIBS)

clean:
	rm -rf build

-include $(LIB_OBJECTS:.o=.d) $(CMD_OBJECTS:.o=.d) $(TEST_OBJECTS:.o=.d)
