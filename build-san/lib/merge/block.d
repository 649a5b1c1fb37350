build-san/lib/merge/block.o: lib/merge/block.c \
 lib/base/banned.h lib/merge/merge-internal.h lib/base/map.h \
 lib/base/slice.h lib/base/strbuf.h lib/merge/merge.h lib/base/arena.h \
 lib/base/err.h lib/base/vec.h lib/model/kind.h lib/base/diagnostic.h \
 lib/base/i18n.h lib/model/source.h lib/model/header.h \
 lib/text/ini_scan.h
lib/base/banned.h:
lib/merge/merge-internal.h:
lib/base/map.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/merge/merge.h:
lib/base/arena.h:
lib/base/err.h:
lib/base/vec.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/i18n.h:
lib/model/source.h:
lib/model/header.h:
lib/text/ini_scan.h:
