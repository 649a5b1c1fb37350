build-san/lib/base/vec.o: lib/base/vec.c lib/base/banned.h \
 lib/base/vec.h lib/base/alloc.h
lib/base/banned.h:
lib/base/vec.h:
lib/base/alloc.h:
