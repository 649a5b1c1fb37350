build-san/lib/plan/calendar_compile.o: \
 lib/plan/calendar_compile.c lib/base/banned.h \
 lib/plan/calendar-internal.h lib/base/arena.h lib/base/slice.h \
 lib/base/map.h lib/plan/calendar.h lib/base/civil.h \
 lib/base/diagnostic.h lib/base/vec.h lib/base/err.h lib/model/project.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h \
 lib/base/alloc.h
lib/base/banned.h:
lib/plan/calendar-internal.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/map.h:
lib/plan/calendar.h:
lib/base/civil.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/model/project.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/base/alloc.h:
