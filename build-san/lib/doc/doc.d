build-san/lib/doc/doc.o: lib/doc/doc.c lib/base/banned.h lib/doc/doc.h \
 lib/base/arena.h lib/base/slice.h lib/base/civil.h lib/base/decimal.h \
 lib/base/strbuf.h lib/base/diagnostic.h lib/base/vec.h lib/model/value.h \
 lib/base/err.h lib/model/kind.h lib/base/i18n.h lib/model/recurrence.h
lib/base/banned.h:
lib/doc/doc.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/value.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
