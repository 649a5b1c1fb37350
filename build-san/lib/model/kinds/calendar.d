build-san/lib/model/kinds/calendar.o: \
 lib/model/kinds/calendar.c lib/base/banned.h lib/model/kinds/kinds.h \
 lib/base/alloc.h lib/model/kind.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/slice.h lib/base/vec.h lib/base/i18n.h lib/model/project.h \
 lib/base/err.h lib/base/map.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/civil.h lib/base/decimal.h \
 lib/model/recurrence.h
lib/base/banned.h:
lib/model/kinds/kinds.h:
lib/base/alloc.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/i18n.h:
lib/model/project.h:
lib/base/err.h:
lib/base/map.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/model/recurrence.h:
