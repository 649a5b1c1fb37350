build-san/lib/base/strbuf.o: lib/base/strbuf.c \
 lib/base/banned.h lib/base/strbuf.h lib/base/slice.h lib/base/alloc.h
lib/base/banned.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/base/alloc.h:
