build-san/lib/model/check_whole.o: lib/model/check_whole.c \
 lib/base/banned.h lib/base/alloc.h lib/base/map.h lib/base/slice.h \
 lib/model/check-internal.h lib/model/project-internal.h \
 lib/model/header.h lib/base/arena.h lib/model/kind.h \
 lib/base/diagnostic.h lib/base/vec.h lib/base/i18n.h lib/model/project.h \
 lib/base/err.h lib/model/source.h lib/base/strbuf.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/query.h lib/model/reference.h
lib/base/banned.h:
lib/base/alloc.h:
lib/base/map.h:
lib/base/slice.h:
lib/model/check-internal.h:
lib/model/project-internal.h:
lib/model/header.h:
lib/base/arena.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/i18n.h:
lib/model/project.h:
lib/base/err.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/query.h:
lib/model/reference.h:
