build-san/lib/text/ini_scan.o: lib/text/ini_scan.c \
 lib/base/banned.h lib/text/ini_scan.h lib/base/slice.h lib/base/utf8.h \
 lib/base/strbuf.h lib/text/ini.h lib/base/arena.h lib/base/diagnostic.h \
 lib/base/vec.h lib/base/err.h
lib/base/banned.h:
lib/text/ini_scan.h:
lib/base/slice.h:
lib/base/utf8.h:
lib/base/strbuf.h:
lib/text/ini.h:
lib/base/arena.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
