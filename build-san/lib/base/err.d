build-san/lib/base/err.o: lib/base/err.c lib/base/banned.h \
 lib/base/err.h lib/base/strbuf.h lib/base/slice.h
lib/base/banned.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/slice.h:
