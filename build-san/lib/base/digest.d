build-san/lib/base/digest.o: lib/base/digest.c \
 lib/base/banned.h lib/base/digest.h lib/base/slice.h lib/base/alloc.h
lib/base/banned.h:
lib/base/digest.h:
lib/base/slice.h:
lib/base/alloc.h:
