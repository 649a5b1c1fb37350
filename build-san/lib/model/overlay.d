build-san/lib/model/overlay.o: lib/model/overlay.c lib/base/banned.h \
 lib/base/file.h lib/base/err.h lib/base/strbuf.h lib/base/slice.h \
 lib/base/vec.h lib/model/project-internal.h lib/model/header.h \
 lib/base/arena.h lib/model/kind.h lib/base/diagnostic.h lib/base/i18n.h \
 lib/model/project.h lib/base/map.h lib/model/source.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h
lib/base/banned.h:
lib/base/file.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/base/vec.h:
lib/model/project-internal.h:
lib/model/header.h:
lib/base/arena.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/i18n.h:
lib/model/project.h:
lib/base/map.h:
lib/model/source.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
