build-san/lib/text/ini.o: lib/text/ini.c lib/base/banned.h \
 lib/text/ini.h lib/base/arena.h lib/base/slice.h lib/base/diagnostic.h \
 lib/base/vec.h lib/base/err.h lib/base/strbuf.h lib/base/i18n.h \
 lib/text/ini_scan.h
lib/base/banned.h:
lib/text/ini.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/i18n.h:
lib/text/ini_scan.h:
