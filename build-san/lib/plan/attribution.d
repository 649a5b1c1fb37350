build-san/lib/plan/attribution.o: lib/plan/attribution.c \
 lib/base/banned.h lib/plan/attribution.h lib/model/difference.h \
 lib/base/slice.h lib/base/vec.h lib/model/project.h lib/base/arena.h \
 lib/base/diagnostic.h lib/base/err.h lib/base/map.h lib/model/kind.h \
 lib/base/i18n.h lib/model/source.h lib/base/strbuf.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/model/recurrence.h \
 lib/plan/compare.h lib/plan/baseline.h lib/plan/cost.h lib/plan/plan.h \
 lib/model/query.h lib/plan/calendar.h lib/base/alloc.h
lib/base/banned.h:
lib/plan/attribution.h:
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
lib/plan/compare.h:
lib/plan/baseline.h:
lib/plan/cost.h:
lib/plan/plan.h:
lib/model/query.h:
lib/plan/calendar.h:
lib/base/alloc.h:
