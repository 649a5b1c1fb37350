build-san/lib/model/edit_move.o: lib/model/edit_move.c \
 lib/base/banned.h lib/model/edit-internal.h lib/model/edit.h \
 lib/base/diagnostic.h lib/base/arena.h lib/base/slice.h lib/base/vec.h \
 lib/base/err.h lib/base/strbuf.h lib/model/project.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/project-internal.h lib/model/header.h lib/model/reference.h \
 lib/text/ini.h
lib/base/banned.h:
lib/model/edit-internal.h:
lib/model/edit.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/model/project.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/project-internal.h:
lib/model/header.h:
lib/model/reference.h:
lib/text/ini.h:
