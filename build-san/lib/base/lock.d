build-san/lib/base/lock.o: lib/base/lock.c lib/base/banned.h \
 lib/base/file.h lib/base/err.h lib/base/strbuf.h lib/base/slice.h \
 lib/base/vec.h
lib/base/banned.h:
lib/base/file.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/base/vec.h:
