build-san/tests/unit/exchange/ics_test.o: tests/unit/exchange/ics_test.c \
 lib/base/banned.h lib/base/alloc.h lib/base/random.h lib/base/err.h \
 lib/exchange/ics.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/slice.h lib/base/vec.h lib/base/strbuf.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/kind.h lib/base/i18n.h \
 lib/model/recurrence.h
lib/base/banned.h:
lib/base/alloc.h:
lib/base/random.h:
lib/base/err.h:
lib/exchange/ics.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
