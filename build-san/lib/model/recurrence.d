build-san/lib/model/recurrence.o: lib/model/recurrence.c \
 lib/base/banned.h lib/model/recurrence.h lib/base/civil.h \
 lib/base/slice.h lib/base/strbuf.h
lib/base/banned.h:
lib/model/recurrence.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/strbuf.h:
