build-san/lib/git/revision.o: lib/git/revision.c \
 lib/base/banned.h lib/base/alloc.h lib/base/process.h lib/base/err.h \
 lib/base/slice.h lib/base/strbuf.h lib/git/library-internal.h \
 lib/git/repository.h lib/base/civil.h lib/git/program.h
lib/base/banned.h:
lib/base/alloc.h:
lib/base/process.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/git/library-internal.h:
lib/git/repository.h:
lib/base/civil.h:
lib/git/program.h:
