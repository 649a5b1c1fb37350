build-san/lib/base/sort.o: lib/base/sort.c \
 lib/base/banned.h lib/base/vec.h lib/base/alloc.h
lib/base/banned.h:
lib/base/vec.h:
lib/base/alloc.h:
