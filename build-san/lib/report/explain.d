build-san/lib/report/explain.o: lib/report/explain.c lib/base/banned.h \
 lib/report/explain.h lib/base/err.h lib/doc/doc.h lib/base/arena.h \
 lib/base/slice.h lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h \
 lib/base/diagnostic.h lib/base/vec.h lib/model/value.h lib/model/kind.h \
 lib/base/i18n.h lib/model/recurrence.h lib/base/alloc.h \
 lib/base/diagnostic_table.h lib/base/utf8.h
lib/base/banned.h:
lib/report/explain.h:
lib/base/err.h:
lib/doc/doc.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/value.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/base/alloc.h:
lib/base/diagnostic_table.h:
lib/base/utf8.h:
