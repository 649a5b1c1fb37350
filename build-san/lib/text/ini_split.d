build-san/lib/text/ini_split.o: lib/text/ini_split.c \
 lib/base/banned.h lib/text/ini_split.h lib/base/slice.h lib/base/vec.h \
 lib/text/ini_scan.h
lib/base/banned.h:
lib/text/ini_split.h:
lib/base/slice.h:
lib/base/vec.h:
lib/text/ini_scan.h:
