build-san/lib/git/source_index.o: lib/git/source_index.c \
 lib/base/banned.h lib/git/source_index.h lib/git/repository.h \
 lib/base/civil.h lib/base/slice.h lib/base/err.h lib/base/strbuf.h \
 lib/model/source.h lib/base/arena.h lib/base/vec.h lib/base/alloc.h \
 lib/base/process.h lib/git/program.h
lib/base/banned.h:
lib/git/source_index.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/model/source.h:
lib/base/arena.h:
lib/base/vec.h:
lib/base/alloc.h:
lib/base/process.h:
lib/git/program.h:
