build-san/lib/base/likeness.o: lib/base/likeness.c \
 lib/base/banned.h lib/base/utf8.h lib/base/slice.h lib/base/strbuf.h \
 lib/base/alloc.h
lib/base/banned.h:
lib/base/utf8.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/alloc.h:
