build-san/lib/base/civil.o: lib/base/civil.c \
 lib/base/banned.h lib/base/civil.h lib/base/slice.h
lib/base/banned.h:
lib/base/civil.h:
lib/base/slice.h:
