build-san/lib/git/settings.o: lib/git/settings.c \
 lib/base/banned.h lib/git/program.h lib/git/repository.h \
 lib/base/civil.h lib/base/slice.h lib/base/err.h lib/base/strbuf.h
lib/base/banned.h:
lib/git/program.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
