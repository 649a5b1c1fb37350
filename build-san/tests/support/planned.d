build-san/tests/support/planned.o: tests/support/planned.c \
 lib/base/banned.h tests/support/planned.h lib/plan/plan.h \
 lib/base/civil.h lib/base/slice.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/vec.h lib/base/err.h lib/model/project.h lib/base/map.h \
 lib/model/kind.h lib/base/i18n.h lib/model/source.h lib/base/strbuf.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h \
 lib/model/query.h lib/plan/calendar.h
lib/base/banned.h:
tests/support/planned.h:
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
