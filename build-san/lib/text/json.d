build-san/lib/text/json.o: lib/text/json.c \
 lib/base/banned.h lib/text/json.h lib/base/err.h lib/base/slice.h \
 lib/base/strbuf.h lib/base/utf8.h
lib/base/banned.h:
lib/text/json.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/base/utf8.h:
