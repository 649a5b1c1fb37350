build-san/lib/merge/rename.o: lib/merge/rename.c \
 lib/base/banned.h lib/merge/merge-internal.h lib/base/map.h \
 lib/base/slice.h lib/base/strbuf.h lib/merge/merge.h lib/base/arena.h \
 lib/base/err.h lib/base/vec.h lib/model/kind.h lib/base/diagnostic.h \
 lib/base/i18n.h lib/model/source.h lib/model/header.h \
 lib/model/reference.h lib/model/project.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/text/ini.h
lib/base/banned.h:
lib/merge/merge-internal.h:
lib/base/map.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/merge/merge.h:
lib/base/arena.h:
lib/base/err.h:
lib/base/vec.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/i18n.h:
lib/model/source.h:
lib/model/header.h:
lib/model/reference.h:
lib/model/project.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/text/ini.h:
