build-san/lib/base/glob.o: lib/base/glob.c \
 lib/base/banned.h lib/base/glob.h lib/base/slice.h
lib/base/banned.h:
lib/base/glob.h:
lib/base/slice.h:
