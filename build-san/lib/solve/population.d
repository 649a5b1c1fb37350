build-san/lib/solve/population.o: lib/solve/population.c \
 lib/base/banned.h lib/solve/solve-internal.h lib/base/arena.h \
 lib/base/slice.h lib/solve/solve.h lib/base/err.h lib/base/pool.h \
 lib/base/alloc.h lib/base/random.h
lib/base/banned.h:
lib/solve/solve-internal.h:
lib/base/arena.h:
lib/base/slice.h:
lib/solve/solve.h:
lib/base/err.h:
lib/base/pool.h:
lib/base/alloc.h:
lib/base/random.h:
