build-san/lib/history/log.o: lib/history/log.c lib/base/banned.h \
 lib/history/log.h lib/base/arena.h lib/base/slice.h lib/base/civil.h \
 lib/base/err.h lib/base/vec.h lib/git/repository.h lib/base/strbuf.h \
 lib/model/kind.h lib/base/diagnostic.h lib/base/i18n.h lib/base/alloc.h \
 lib/base/file.h lib/base/map.h lib/base/process.h lib/git/program.h \
 lib/model/difference.h lib/model/project.h lib/model/source.h \
 lib/model/value.h lib/base/decimal.h lib/model/recurrence.h
lib/base/banned.h:
lib/history/log.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/err.h:
lib/base/vec.h:
lib/git/repository.h:
lib/base/strbuf.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/i18n.h:
lib/base/alloc.h:
lib/base/file.h:
lib/base/map.h:
lib/base/process.h:
lib/git/program.h:
lib/model/difference.h:
lib/model/project.h:
lib/model/source.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/recurrence.h:
