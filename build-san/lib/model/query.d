build-san/lib/model/query.o: lib/model/query.c \
 lib/base/banned.h lib/base/utf8.h lib/base/slice.h lib/base/strbuf.h \
 lib/model/query-internal.h lib/model/query.h lib/base/arena.h \
 lib/base/diagnostic.h lib/base/vec.h lib/base/err.h lib/model/project.h \
 lib/base/map.h lib/model/kind.h lib/base/i18n.h lib/model/source.h \
 lib/model/value.h lib/base/civil.h lib/base/decimal.h \
 lib/model/recurrence.h
lib/base/banned.h:
lib/base/utf8.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/model/query-internal.h:
lib/model/query.h:
lib/base/arena.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/model/project.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
