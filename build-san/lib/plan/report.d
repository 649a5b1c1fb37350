build-san/lib/plan/report.o: lib/plan/report.c lib/base/banned.h \
 lib/plan/plan-internal.h lib/base/vec.h lib/plan/level.h lib/plan/plan.h \
 lib/base/civil.h lib/base/slice.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/err.h lib/model/project.h lib/base/map.h lib/model/kind.h \
 lib/base/i18n.h lib/model/source.h lib/base/strbuf.h lib/model/value.h \
 lib/base/decimal.h lib/model/recurrence.h lib/model/query.h \
 lib/plan/calendar.h lib/base/alloc.h
lib/base/banned.h:
lib/plan/plan-internal.h:
lib/base/vec.h:
lib/plan/level.h:
lib/plan/plan.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/err.h:
lib/model/project.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/query.h:
lib/plan/calendar.h:
lib/base/alloc.h:
