build-san/tests/unit/plan/synthetic_test.o: \
 tests/unit/plan/synthetic_test.c lib/base/banned.h \
 tests/unit/plan/../../support/feasible.h lib/base/strbuf.h \
 lib/base/slice.h lib/plan/plan.h lib/base/civil.h lib/base/diagnostic.h \
 lib/base/arena.h lib/base/vec.h lib/base/err.h lib/model/project.h \
 lib/base/map.h lib/model/kind.h lib/base/i18n.h lib/model/source.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/query.h lib/plan/calendar.h \
 tests/unit/plan/../../support/planned.h lib/base/alloc.h
lib/base/banned.h:
tests/unit/plan/../../support/feasible.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/plan/plan.h:
lib/base/civil.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/vec.h:
lib/base/err.h:
lib/model/project.h:
lib/base/map.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/source.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
lib/model/query.h:
lib/plan/calendar.h:
tests/unit/plan/../../support/planned.h:
lib/base/alloc.h:
