build-san/lib/render/axis.o: lib/render/axis.c lib/base/banned.h \
 lib/render/render-internal.h lib/base/i18n.h lib/render/render.h \
 lib/base/err.h lib/base/strbuf.h lib/base/slice.h lib/doc/doc.h \
 lib/base/arena.h lib/base/civil.h lib/base/decimal.h \
 lib/base/diagnostic.h lib/base/vec.h lib/model/value.h lib/model/kind.h \
 lib/model/recurrence.h
lib/base/banned.h:
lib/render/render-internal.h:
lib/base/i18n.h:
lib/render/render.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/doc/doc.h:
lib/base/arena.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/value.h:
lib/model/kind.h:
lib/model/recurrence.h:
