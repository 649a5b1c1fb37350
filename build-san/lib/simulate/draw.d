build-san/lib/simulate/draw.o: lib/simulate/draw.c lib/base/banned.h \
 lib/simulate/simulate-internal.h lib/plan/compact.h lib/plan/plan.h \
 lib/base/civil.h lib/base/slice.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/vec.h lib/base/err.h lib/model/project.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/query.h lib/plan/calendar.h lib/plan/trial.h \
 lib/simulate/sampler.h lib/plan/estimate.h lib/simulate/simulate.h \
 lib/base/pool.h lib/plan/cost.h lib/simulate/statistics.h \
 lib/base/alloc.h lib/base/random.h lib/simulate/portable-internal.h
lib/base/banned.h:
lib/simulate/simulate-internal.h:
lib/plan/compact.h:
lib/plan/plan.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/vec.h:
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
lib/plan/trial.h:
lib/simulate/sampler.h:
lib/plan/estimate.h:
lib/simulate/simulate.h:
lib/base/pool.h:
lib/plan/cost.h:
lib/simulate/statistics.h:
lib/base/alloc.h:
lib/base/random.h:
lib/simulate/portable-internal.h:
