build-san/lib/exchange/mspdi_task.o: \
 lib/exchange/mspdi_task.c lib/base/banned.h lib/exchange/mspdi.h \
 lib/exchange/import.h lib/exchange/exchange.h lib/base/arena.h \
 lib/base/slice.h lib/base/civil.h lib/base/diagnostic.h lib/base/vec.h \
 lib/base/err.h lib/base/map.h lib/base/strbuf.h lib/text/ini.h \
 lib/model/value.h lib/base/decimal.h lib/model/kind.h lib/base/i18n.h \
 lib/model/recurrence.h lib/exchange/xml_tree.h
lib/base/banned.h:
lib/exchange/mspdi.h:
lib/exchange/import.h:
lib/exchange/exchange.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/civil.h:
lib/base/diagnostic.h:
lib/base/vec.h:
lib/base/err.h:
lib/base/map.h:
lib/base/strbuf.h:
lib/text/ini.h:
lib/model/value.h:
lib/base/decimal.h:
lib/model/kind.h:
lib/base/i18n.h:
lib/model/recurrence.h:
lib/exchange/xml_tree.h:
