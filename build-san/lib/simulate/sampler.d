build-san/lib/simulate/sampler.o: lib/simulate/sampler.c \
 lib/base/banned.h lib/simulate/sampler.h lib/base/arena.h \
 lib/base/slice.h lib/base/map.h lib/plan/estimate.h lib/model/value.h \
 lib/base/civil.h lib/base/decimal.h lib/base/strbuf.h lib/base/err.h \
 lib/model/kind.h lib/base/diagnostic.h lib/base/vec.h lib/base/i18n.h \
 lib/model/recurrence.h lib/simulate/portable-internal.h
lib/base/banned.h:
lib/simulate/sampler.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/map.h:
lib/plan/estimate.h:
lib/model/value.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/strbuf.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/simulate/portable-internal.h:
