build-san/lib/model/journal_record.o: \
 lib/model/journal_record.c lib/base/banned.h \
 lib/model/journal-internal.h lib/model/value.h lib/base/arena.h \
 lib/base/slice.h lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h \
 lib/base/err.h lib/model/kind.h lib/base/diagnostic.h lib/base/vec.h \
 lib/base/i18n.h lib/model/recurrence.h lib/model/project-internal.h \
 lib/model/header.h lib/model/project.h lib/base/map.h lib/model/source.h
lib/base/banned.h:
lib/model/journal-internal.h:
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
lib/base/i18n.h:
lib/model/recurrence.h:
lib/model/project-internal.h:
lib/model/header.h:
lib/model/project.h:
lib/base/map.h:
lib/model/source.h:
