build-san/lib/model/value_date.o: lib/model/value_date.c \
 lib/base/banned.h lib/model/value_scan.h lib/base/i18n.h \
 lib/model/value.h lib/base/arena.h lib/base/slice.h lib/base/civil.h \
 lib/base/decimal.h lib/base/strbuf.h lib/base/err.h lib/model/kind.h \
 lib/base/diagnostic.h lib/base/vec.h lib/model/recurrence.h
lib/base/banned.h:
lib/model/value_scan.h:
lib/base/i18n.h:
lib/model/value.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/recurrence.h:
