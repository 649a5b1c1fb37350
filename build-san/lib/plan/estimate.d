build-san/lib/plan/estimate.o: lib/plan/estimate.c \
 lib/base/banned.h lib/plan/estimate.h lib/base/slice.h lib/model/value.h \
 lib/base/arena.h lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h \
 lib/base/err.h lib/model/kind.h lib/base/diagnostic.h lib/base/vec.h \
 lib/base/i18n.h lib/model/recurrence.h
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
