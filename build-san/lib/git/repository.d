build-san/lib/git/repository.o: lib/git/repository.c lib/base/banned.h \
 lib/git/repository.h lib/base/civil.h lib/base/slice.h lib/base/err.h \
 lib/base/strbuf.h lib/base/alloc.h lib/base/file.h lib/base/vec.h \
 lib/base/process.h lib/git/library-internal.h
lib/base/banned.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
lib/base/file.h:
lib/base/vec.h:
lib/base/process.h:
lib/git/library-internal.h:
