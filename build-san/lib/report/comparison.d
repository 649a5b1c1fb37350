build-san/lib/report/comparison.o: lib/report/comparison.c \
 lib/base/banned.h lib/report/comparison.h lib/doc/doc.h lib/base/arena.h \
 lib/base/slice.h lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h \
 lib/base/diagnostic.h lib/base/vec.h lib/model/value.h lib/base/err.h \
 lib/model/kind.h lib/base/i18n.h lib/model/recurrence.h \
 lib/plan/attribution.h lib/model/difference.h lib/model/project.h \
 lib/base/map.h lib/model/source.h lib/plan/compare.h lib/plan/baseline.h \
 lib/plan/cost.h lib/plan/plan.h lib/model/query.h lib/plan/calendar.h \
 lib/base/alloc.h lib/base/utf8.h lib/report/gantt.h \
 lib/report/selection.h
lib/base/banned.h:
lib/report/comparison.h:
lib/doc/doc.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/value.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/plan/attribution.h:
lib/model/difference.h:
lib/model/project.h:
lib/base/map.h:
lib/model/source.h:
lib/plan/compare.h:
lib/plan/baseline.h:
lib/plan/cost.h:
lib/plan/plan.h:
lib/model/query.h:
lib/plan/calendar.h:
lib/base/alloc.h:
lib/base/utf8.h:
lib/report/gantt.h:
lib/report/selection.h:
