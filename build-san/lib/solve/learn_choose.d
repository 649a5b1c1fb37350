build-san/lib/solve/learn_choose.o: \
 lib/solve/learn_choose.c lib/base/banned.h lib/solve/learn-internal.h \
 lib/base/vec.h lib/solve/solve-internal.h lib/base/arena.h \
 lib/base/slice.h lib/solve/solve.h lib/base/err.h lib/base/pool.h
lib/base/banned.h:
lib/solve/learn-internal.h:
lib/base/vec.h:
lib/solve/solve-internal.h:
lib/base/arena.h:
lib/base/slice.h:
lib/solve/solve.h:
lib/base/err.h:
lib/base/pool.h:
