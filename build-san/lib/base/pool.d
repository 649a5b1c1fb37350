build-san/lib/base/pool.o: lib/base/pool.c \
 lib/base/banned.h lib/base/pool.h lib/base/alloc.h
lib/base/banned.h:
lib/base/pool.h:
lib/base/alloc.h:
