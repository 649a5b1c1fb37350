/*
 * Functions nobody may call: each has a safe counterpart in lib/base. Included by the compiler's
 * command line (-include), so that using one is a compile error.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef gets
#undef localtime
#undef gmtime
#undef ctime
#undef asctime
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets localtime gmtime asctime
/* git2/index.h has fields of this name, so only calls are refused. */
#define ctime(time) banned_ctime_use_civil

#endif
