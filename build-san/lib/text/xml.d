build-san/lib/text/xml.o: lib/text/xml.c lib/base/banned.h \
 lib/text/xml.h lib/base/err.h lib/base/slice.h lib/base/strbuf.h \
 lib/base/utf8.h
lib/base/banned.h:
lib/text/xml.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/utf8.h:
