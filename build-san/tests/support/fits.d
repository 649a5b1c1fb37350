build-san/tests/support/fits.o: tests/support/fits.c \
 lib/base/banned.h tests/support/fits.h lib/base/strbuf.h \
 lib/base/slice.h lib/solve/solve.h lib/base/err.h lib/base/pool.h
lib/base/banned.h:
tests/support/fits.h:
lib/base/strbuf.h:
lib/base/slice.h:
lib/solve/solve.h:
lib/base/err.h:
lib/base/pool.h:
