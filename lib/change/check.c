#include "change/check.h"

#include "change/event.h"
#include "change/policy.h"

void change_check(const struct project *project, struct diagnostics *found)
{
	policy_check(project, found); /* which reads the keys as well */
	events_check(project, found);
}
