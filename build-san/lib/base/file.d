build-san/lib/base/file.o: lib/base/file.c lib/base/banned.h \
 lib/base/file.h lib/base/err.h lib/base/strbuf.h lib/base/slice.h \
 lib/base/vec.h lib/base/alloc.h
lib/base/banned.h:
lib/base/file.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/alloc.h:
