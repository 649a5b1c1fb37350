build-san/lib/model/source_memory.o: \
 lib/model/source_memory.c lib/base/banned.h lib/base/alloc.h \
 lib/base/map.h lib/base/slice.h lib/model/source.h lib/base/arena.h \
 lib/base/err.h lib/base/strbuf.h lib/base/vec.h
lib/base/banned.h:
lib/base/alloc.h:
lib/base/map.h:
lib/base/slice.h:
lib/model/source.h:
lib/base/arena.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/vec.h:
