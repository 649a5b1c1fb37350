build-san/lib/git/ids.o: lib/git/ids.c lib/base/banned.h lib/git/ids.h \
 lib/git/repository.h lib/base/civil.h lib/base/slice.h lib/base/err.h \
 lib/base/strbuf.h lib/base/alloc.h lib/base/arena.h lib/base/file.h \
 lib/base/vec.h lib/base/map.h lib/git/library-internal.h
lib/base/banned.h:
lib/git/ids.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
lib/base/arena.h:
lib/base/file.h:
lib/base/vec.h:
lib/base/map.h:
lib/git/library-internal.h:
