build-san/lib/git/library.o: lib/git/library.c lib/base/banned.h \
 lib/git/library-internal.h lib/git/repository.h lib/base/civil.h \
 lib/base/slice.h lib/base/err.h lib/base/strbuf.h lib/base/alloc.h \
 lib/base/file.h lib/base/vec.h lib/base/process.h lib/git/program.h
lib/base/banned.h:
lib/git/library-internal.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
lib/base/file.h:
lib/base/vec.h:
lib/base/process.h:
lib/git/program.h:
