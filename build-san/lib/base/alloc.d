build-san/lib/base/alloc.o: lib/base/alloc.c \
 lib/base/banned.h lib/base/alloc.h
lib/base/banned.h:
lib/base/alloc.h:
