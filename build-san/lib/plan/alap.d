build-san/lib/plan/alap.o: lib/plan/alap.c lib/base/banned.h \
 lib/plan/level-internal.h lib/base/map.h lib/base/slice.h lib/base/vec.h \
 lib/plan/level.h lib/plan/plan.h lib/base/civil.h lib/base/diagnostic.h \
 lib/base/arena.h lib/base/err.h lib/model/project.h lib/model/kind.h \
 lib/base/i18n.h lib/model/source.h lib/base/strbuf.h lib/model/value.h \
 lib/base/decimal.h lib/model/recurrence.h lib/model/query.h \
 lib/plan/calendar.h lib/plan/plan-internal.h
lib/base/banned.h:
lib/plan/level-internal.h:
lib/base/map.h:
lib/base/slice.h:
lib/base/vec.h:
lib/plan/level.h:
lib/plan/plan.h:
lib/base/civil.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/err.h:
lib/model/project.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/base/strbuf.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/query.h:
lib/plan/calendar.h:
lib/plan/plan-internal.h:
