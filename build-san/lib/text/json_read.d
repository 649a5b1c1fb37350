build-san/lib/text/json_read.o: lib/text/json_read.c \
 lib/base/banned.h lib/text/json.h lib/base/err.h lib/base/slice.h \
 lib/base/strbuf.h
lib/base/banned.h:
lib/text/json.h:
lib/base/err.h:
lib/base/slice.h:
lib/base/strbuf.h:
