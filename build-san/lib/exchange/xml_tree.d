build-san/lib/exchange/xml_tree.o: lib/exchange/xml_tree.c \
 lib/base/banned.h lib/exchange/xml_tree.h lib/base/arena.h \
 lib/base/slice.h lib/base/err.h lib/base/map.h lib/base/vec.h \
 lib/text/xml.h lib/base/strbuf.h
lib/base/banned.h:
lib/exchange/xml_tree.h:
lib/base/arena.h:
lib/base/slice.h:
lib/base/err.h:
lib/base/map.h:
lib/base/vec.h:
lib/text/xml.h:
lib/base/strbuf.h:
