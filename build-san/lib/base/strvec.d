build-san/lib/base/strvec.o: lib/base/strvec.c \
 lib/base/banned.h lib/base/strbuf.h lib/base/slice.h lib/base/alloc.h
lib/base/banned.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/base/alloc.h:
