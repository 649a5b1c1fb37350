build-san/lib/base/decimal.o: lib/base/decimal.c \
 lib/base/banned.h lib/base/decimal.h lib/base/slice.h lib/base/strbuf.h
lib/base/banned.h:
lib/base/decimal.h:
lib/base/slice.h:
lib/base/strbuf.h:
