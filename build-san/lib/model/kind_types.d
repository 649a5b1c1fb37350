build-san/lib/model/kind_types.o: lib/model/kind_types.c \
 lib/base/banned.h lib/model/kind.h lib/base/diagnostic.h \
 lib/base/arena.h lib/base/slice.h lib/base/vec.h lib/base/i18n.h
lib/base/banned.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/i18n.h:
