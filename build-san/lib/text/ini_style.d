build-san/lib/text/ini_style.o: lib/text/ini_style.c \
 lib/base/banned.h lib/text/ini_doc.h lib/text/ini.h lib/base/arena.h \
 lib/base/slice.h lib/base/diagnostic.h lib/base/vec.h lib/base/err.h \
 lib/base/strbuf.h lib/text/ini_scan.h lib/base/utf8.h
lib/base/banned.h:
lib/text/ini_doc.h:
lib/text/ini.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/text/ini_scan.h:
lib/base/utf8.h:
