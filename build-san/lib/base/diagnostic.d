build-san/lib/base/diagnostic.o: lib/base/diagnostic.c \
 lib/base/banned.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/slice.h lib/base/vec.h lib/base/diagnostic_table.h
lib/base/banned.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/diagnostic_table.h:
