build-san/lib/model/governing.o: lib/model/governing.c \
 lib/base/banned.h lib/model/governing.h lib/base/digest.h \
 lib/base/slice.h lib/model/project.h lib/base/arena.h \
 lib/base/diagnostic.h lib/base/vec.h lib/base/err.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/civil.h lib/base/decimal.h \
 lib/model/recurrence.h lib/base/alloc.h
lib/base/banned.h:
lib/model/governing.h:
lib/base/digest.h:
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
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/base/alloc.h:
