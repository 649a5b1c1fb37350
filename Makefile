# pmt. `make demo` and `make check` set up a fresh Debian 12, build, and run; see README.md.
#   make                 build/pmt
#   make unit T=base/civil   one unit test
#   make check [SANITIZE=address,undefined]
#   make install [DESTDIR= prefix=/usr/local]
CC ?= cc
B ?= build
prefix ?= /usr/local
DESTDIR ?=
SANITIZE ?=
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1.0)

OPTIMIZE ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wno-format-nonliteral
HARDENING := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
ifneq ($(SANITIZE),)
HARDENING := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -DARENA_DEBUG
OPTIMIZE := -O1 -g
LDFLAGS += -fsanitize=$(SANITIZE)
B := build/$(subst $(comma),-,$(SANITIZE))
endif
comma := ,

CPPFLAGS += -D_GNU_SOURCE -Ilib -I. -include lib/base/banned.h \
	-DPMT_VERSION='"$(VERSION)"' -DPMT_LOCALEDIR='"$(prefix)/share/locale"'
CFLAGS += -std=c17 $(OPTIMIZE) $(WARNINGS) $(HARDENING)
LDFLAGS += -pie -Wl,-z,relro,-z,now -Wl,--as-needed
LDLIBS += -lgit2 -linih -lutf8proc -ljansson -lexpat -lcrypto -lpthread -lm

LIB_SOURCES := $(wildcard lib/*/*.c lib/*/*/*.c)
CMD_SOURCES := $(wildcard cmd/*.c cmd/cli/*.c)
UNIT_SOURCES := $(wildcard tests/unit/*/*_test.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(B)/%.o)
CMD_OBJECTS := $(CMD_SOURCES:%.c=$(B)/%.o)
UNIT_OBJECTS := $(UNIT_SOURCES:%.c=$(B)/%.o)
UNITS := $(UNIT_SOURCES:%.c=$(B)/%)

.PHONY: all unit clean
all: $(B)/pmt

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/libpmt.a: $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(B)/pmt: $(CMD_OBJECTS) $(B)/libpmt.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(UNITS): $(B)/%: $(B)/%.o $(B)/libpmt.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

# make unit [T=base/civil]
unit: $(if $(T),$(B)/tests/unit/$(T)_test,$(UNITS))
	@for t in $^; do echo "# $$t"; $$t || exit 1; done

clean:
	rm -rf build

-include $(LIB_OBJECTS:.o=.d) $(CMD_OBJECTS:.o=.d) $(UNIT_OBJECTS:.o=.d)
