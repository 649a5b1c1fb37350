build-san/lib/model/exchange_rate.o: \
 lib/model/exchange_rate.c lib/base/banned.h lib/model/exchange_rate.h \
 lib/base/civil.h lib/base/slice.h lib/model/project.h lib/base/arena.h \
 lib/base/diagnostic.h lib/base/vec.h lib/base/err.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h
lib/base/banned.h:
lib/model/exchange_rate.h:
lib/base/civil.h:
lib/base/slice.h:
lib/model/project.h:
lib/base/arena.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
