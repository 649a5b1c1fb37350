build-san/lib/text/csv.o: lib/text/csv.c lib/base/banned.h \
 lib/text/csv.h lib/base/arena.h lib/base/slice.h lib/base/err.h \
 lib/base/strbuf.h lib/base/alloc.h
lib/base/banned.h:
lib/text/csv.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
