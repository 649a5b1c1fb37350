build-san/lib/base/file_writer.o: lib/base/file_writer.c \
 lib/base/banned.h lib/base/file-internal.h lib/base/digest.h \
 lib/base/slice.h lib/base/file.h lib/base/err.h lib/base/strbuf.h \
 lib/base/vec.h lib/base/alloc.h lib/base/random.h
lib/base/banned.h:
lib/base/file-internal.h:
lib/base/digest.h:
lib/base/slice.h:
lib/base/file.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/vec.h:
lib/base/alloc.h:
lib/base/random.h:
