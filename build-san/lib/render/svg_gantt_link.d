build-san/lib/render/svg_gantt_link.o: lib/render/svg_gantt_link.c \
 lib/base/banned.h lib/render/svg_gantt-internal.h \
 lib/render/gantt_layout.h lib/base/strbuf.h lib/base/slice.h \
 lib/doc/doc.h lib/base/arena.h lib/base/civil.h lib/base/decimal.h \
 lib/base/diagnostic.h lib/base/vec.h lib/model/value.h lib/base/err.h \
 lib/model/kind.h lib/base/i18n.h lib/model/recurrence.h \
 lib/render/svg-internal.h lib/render/render-internal.h \
 lib/render/render.h
lib/base/banned.h:
lib/render/svg_gantt-internal.h:
lib/render/gantt_layout.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/doc/doc.h:
lib/base/arena.h:
lib/base/civil.h:
lib/base/decimal.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/model/value.h:
lib/base/err.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/render/svg-internal.h:
lib/render/render-internal.h:
lib/render/render.h:
