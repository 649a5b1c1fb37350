build-san/lib/base/process.o: lib/base/process.c \
 lib/base/banned.h lib/base/process.h lib/base/err.h lib/base/slice.h \
 lib/base/strbuf.h lib/base/alloc.h
lib/base/banned.h:
lib/base/process.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/alloc.h:
