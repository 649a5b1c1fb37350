build-san/lib/exchange/ics.o: lib/exchange/ics.c \
 lib/base/banned.h lib/exchange/ics.h lib/base/diagnostic.h \
 lib/base/arena.h lib/base/slice.h lib/base/vec.h lib/base/err.h \
 lib/base/strbuf.h lib/base/alloc.h lib/base/i18n.h lib/base/utf8.h \
 lib/exchange/import.h lib/exchange/exchange.h lib/base/civil.h \
 lib/base/map.h lib/text/ini.h lib/model/value.h lib/base/decimal.h \
 lib/model/kind.h lib/model/recurrence.h
lib/base/banned.h:
lib/exchange/ics.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
lib/base/i18n.h:
lib/base/utf8.h:
lib/exchange/import.h:
lib/exchange/exchange.h:
lib/base/civil.h:
lib/base/map.h:
lib/text/ini.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/kind.h:
lib/model/recurrence.h:
