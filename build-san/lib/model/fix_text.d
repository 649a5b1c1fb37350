build-san/lib/model/fix_text.o: lib/model/fix_text.c \
 lib/base/banned.h lib/base/utf8.h lib/base/slice.h lib/base/strbuf.h \
 lib/model/fix-internal.h
lib/base/banned.h:
lib/base/utf8.h:
lib/base/slice.h:
lib/base/strbuf.h:
lib/model/fix-internal.h:
