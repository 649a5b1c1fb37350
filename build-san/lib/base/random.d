build-san/lib/base/random.o: lib/base/random.c \
 lib/base/banned.h lib/base/random.h lib/base/err.h lib/base/alloc.h
lib/base/banned.h:
lib/base/random.h:
lib/base/err.h:
lib/base/alloc.h:
