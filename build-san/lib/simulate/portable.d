build-san/lib/simulate/portable.o: lib/simulate/portable.c \
 lib/base/banned.h lib/simulate/portable-internal.h
lib/base/banned.h:
lib/simulate/portable-internal.h:
