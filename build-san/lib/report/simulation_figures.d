build-san/lib/report/simulation_figures.o: \
 lib/report/simulation_figures.c lib/base/banned.h \
 lib/report/simulation-internal.h lib/report/simulation.h lib/doc/doc.h \
 lib/base/arena.h lib/base/slice.h lib/base/civil.h lib/base/decimal.h \
 lib/base/strbuf.h lib/base/diagnostic.h lib/base/vec.h lib/model/value.h \
 lib/base/err.h lib/model/kind.h lib/base/i18n.h lib/model/recurrence.h \
 lib/model/query.h lib/model/project.h lib/base/map.h lib/model/source.h \
 lib/simulate/simulate.h lib/base/pool.h lib/plan/compact.h \
 lib/plan/plan.h lib/plan/calendar.h lib/plan/cost.h lib/base/alloc.h
lib/base/banned.h:
lib/report/simulation-internal.h:
lib/report/simulation.h:
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
lib/model/query.h:
lib/model/project.h:
lib/base/map.h:
lib/model/source.h:
lib/simulate/simulate.h:
lib/base/pool.h:
lib/plan/compact.h:
lib/plan/plan.h:
lib/plan/calendar.h:
lib/plan/cost.h:
lib/base/alloc.h:
