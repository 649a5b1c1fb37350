build-san/lib/model/kinds/stakeholder.o: \
 lib/model/kinds/stakeholder.c lib/base/banned.h lib/model/kinds/kinds.h \
 lib/base/alloc.h lib/model/kind.h lib/base/diagnostic.h lib/base/arena.h \
 lib/base/slice.h lib/base/vec.h lib/base/i18n.h
lib/base/banned.h:
lib/model/kinds/kinds.h:
lib/base/alloc.h:
lib/model/kind.h:
lib/base/diagnostic.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/vec.h:
lib/base/i18n.h:
