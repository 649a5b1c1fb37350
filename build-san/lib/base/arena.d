build-san/lib/base/arena.o: lib/base/arena.c \
 lib/base/banned.h lib/base/arena.h lib/base/slice.h lib/base/alloc.h
lib/base/banned.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/alloc.h:
