build-san/lib/simulate/statistics.o: \
 lib/simulate/statistics.c lib/base/banned.h lib/simulate/statistics.h \
 lib/simulate/portable-internal.h
lib/base/banned.h:
lib/simulate/statistics.h:
lib/simulate/portable-internal.h:
