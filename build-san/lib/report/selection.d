build-san/lib/report/selection.o: lib/report/selection.c \
 lib/base/banned.h lib/report/selection.h lib/model/query.h \
 lib/base/arena.h lib/base/slice.h lib/base/diagnostic.h lib/base/vec.h \
 lib/base/err.h lib/base/strbuf.h lib/model/project.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/plan/plan.h lib/plan/calendar.h lib/base/alloc.h
lib/base/banned.h:
lib/report/selection.h:
lib/model/query.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/diagnostic.h:
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
lib/plan/plan.h:
lib/plan/calendar.h:
lib/base/alloc.h:
