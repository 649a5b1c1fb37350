build-san/lib/model/blend.o: lib/model/blend.c \
 lib/base/banned.h lib/base/alloc.h lib/model/difference.h \
 lib/base/slice.h lib/base/vec.h lib/model/project.h lib/base/arena.h \
 lib/base/diagnostic.h lib/base/err.h lib/base/map.h lib/model/kind.h \
 lib/base/i18n.h lib/model/source.h lib/base/strbuf.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/project-internal.h lib/model/header.h
lib/base/banned.h:
lib/base/alloc.h:
lib/model/difference.h:
lib/base/slice.h:
lib/base/vec.h:
lib/model/project.h:
lib/base/arena.h:
lib/base/diagnostic.h:
lib/base/err.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/project-internal.h:
lib/model/header.h:
