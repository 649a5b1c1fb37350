build-san/lib/simulate/chain.o: lib/simulate/chain.c lib/base/banned.h \
 lib/plan/estimate.h lib/base/slice.h lib/model/value.h lib/base/arena.h \
 lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h lib/base/err.h \
 lib/model/kind.h lib/base/diagnostic.h lib/base/vec.h lib/base/i18n.h \
 lib/model/recurrence.h lib/plan/trial.h lib/plan/plan.h \
 lib/model/project.h lib/base/map.h lib/model/source.h lib/model/query.h \
 lib/plan/calendar.h lib/simulate/chain.h lib/base/alloc.h
lib/base/banned.h:
lib/plan/estimate.h:
lib/base/slice.h:
lib/model/value.h:
lib/base/arena.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/plan/trial.h:
lib/plan/plan.h:
lib/model/project.h:
lib/base/map.h:
lib/model/source.h:
lib/model/query.h:
lib/plan/calendar.h:
lib/simulate/chain.h:
lib/base/alloc.h:
