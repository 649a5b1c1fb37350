build-san/lib/git/merging.o: lib/git/merging.c lib/base/banned.h \
 lib/git/merging.h lib/base/vec.h lib/git/repository.h lib/base/civil.h \
 lib/base/slice.h lib/base/err.h lib/base/strbuf.h lib/base/alloc.h \
 lib/base/file.h lib/base/i18n.h lib/base/process.h lib/git/program.h
lib/base/banned.h:
lib/git/merging.h:
lib/base/vec.h:
lib/git/repository.h:
lib/base/civil.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/strbuf.h:
lib/base/alloc.h:
lib/base/file.h:
lib/base/i18n.h:
lib/base/process.h:
lib/git/program.h:
