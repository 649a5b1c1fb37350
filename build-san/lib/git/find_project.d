build-san/lib/git/find_project.o: lib/git/find_project.c \
 lib/base/banned.h lib/base/alloc.h lib/git/library-internal.h \
 lib/git/repository.h lib/base/civil.h lib/base/slice.h lib/base/err.h \
 lib/base/strbuf.h
lib/base/banned.h:
lib/base/alloc.h:
lib/git/library-internal.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
