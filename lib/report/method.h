/* What a method expects and the project lacks. */
#ifndef REPORT_METHOD_H
#define REPORT_METHOD_H

#include "doc/doc.h"
#include "register/method.h"

struct method_counts {
	size_t met, lacking, errors; /* errors: of the lacking, those of severity error */
};
/* data: for programs. */
struct method_counts method_report(struct doc *doc, const struct method_set *set, struct slice method, bool data);

#endif
