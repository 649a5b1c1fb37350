build-san/lib/base/map.o: lib/base/map.c lib/base/banned.h \
 lib/base/map.h lib/base/slice.h lib/base/alloc.h
lib/base/banned.h:
lib/base/map.h:
lib/base/slice.h:
lib/base/alloc.h:
