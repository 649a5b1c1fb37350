build-san/lib/model/source_patch.o: \
 lib/model/source_patch.c lib/base/banned.h lib/model/source.h \
 lib/base/arena.h lib/base/slice.h lib/base/err.h lib/base/strbuf.h \
 lib/base/vec.h lib/base/alloc.h
lib/base/banned.h:
lib/model/source.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/vec.h:
lib/base/alloc.h:
