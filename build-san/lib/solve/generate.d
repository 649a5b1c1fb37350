build-san/lib/solve/generate.o: lib/solve/generate.c \
 lib/base/banned.h lib/solve/solve-internal.h lib/base/arena.h \
 lib/base/slice.h lib/solve/solve.h lib/base/err.h lib/base/pool.h \
 lib/base/alloc.h
lib/base/banned.h:
lib/solve/solve-internal.h:
lib/base/arena.h:
lib/base/slice.h:
lib/solve/solve.h:
lib/base/err.h:
lib/base/pool.h:
lib/base/alloc.h:
