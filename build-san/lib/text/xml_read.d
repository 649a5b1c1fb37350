build-san/lib/text/xml_read.o: lib/text/xml_read.c \
 lib/base/banned.h lib/text/xml.h lib/base/err.h lib/base/slice.h \
 lib/base/strbuf.h lib/base/i18n.h lib/base/vec.h
lib/base/banned.h:
lib/text/xml.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/i18n.h:
lib/base/vec.h:
