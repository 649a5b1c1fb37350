build-san/lib/base/intent.o: lib/base/intent.c lib/base/banned.h \
 lib/base/file-internal.h lib/base/digest.h lib/base/slice.h \
 lib/base/file.h lib/base/err.h lib/base/strbuf.h lib/base/vec.h \
 lib/base/alloc.h
lib/base/banned.h:
lib/base/file-internal.h:
lib/base/digest.h:
lib/base/slice.h:
lib/base/file.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/vec.h:
lib/base/alloc.h:
