build-san/lib/git/source_tree.o: lib/git/source_tree.c \
 lib/base/banned.h lib/git/source_tree.h lib/git/repository.h \
 lib/base/civil.h lib/base/slice.h lib/base/err.h lib/base/strbuf.h \
 lib/model/source.h lib/base/arena.h lib/base/vec.h lib/base/alloc.h \
 lib/base/map.h lib/git/library-internal.h
lib/base/banned.h:
lib/git/source_tree.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/model/source.h:
lib/base/arena.h:
lib/base/vec.h:
lib/base/alloc.h:
lib/base/map.h:
lib/git/library-internal.h:
