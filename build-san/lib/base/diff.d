build-san/lib/base/diff.o: lib/base/diff.c \
 lib/base/banned.h lib/base/diff.h lib/base/map.h lib/base/slice.h \
 lib/base/strbuf.h lib/base/vec.h lib/base/alloc.h
lib/base/banned.h:
lib/base/diff.h:
lib/base/map.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/vec.h:
lib/base/alloc.h:
