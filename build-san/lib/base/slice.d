build-san/lib/base/slice.o: lib/base/slice.c \
 lib/base/banned.h lib/base/slice.h
lib/base/banned.h:
lib/base/slice.h:
