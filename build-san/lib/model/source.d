build-san/lib/model/source.o: lib/model/source.c lib/base/banned.h \
 lib/model/source.h lib/base/arena.h lib/base/slice.h lib/base/err.h \
 lib/base/strbuf.h lib/base/vec.h lib/base/alloc.h lib/base/file.h \
 lib/base/i18n.h
lib/base/banned.h:
lib/model/source.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/vec.h:
lib/base/alloc.h:
lib/base/file.h:
lib/base/i18n.h:
