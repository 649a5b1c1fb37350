build-san/lib/base/diagnostic_table.o: lib/base/diagnostic_table.c \
 lib/base/banned.h lib/base/diagnostic_table.h lib/base/diagnostic.h \
 lib/base/arena.h lib/base/slice.h lib/base/vec.h lib/base/alloc.h \
 lib/base/i18n.h
lib/base/banned.h:
lib/base/diagnostic_table.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/alloc.h:
lib/base/i18n.h:
