#include "register/stakeholder.h"

static int level(const struct record *record, const char *field)
{
	const struct field *of = kind_field_named(record->kind, field);
	struct slice text;

	return record_text(record, field, &text) ? word_index(of->of, slice_trim(text)) : -1;
}

enum strategy stakeholder_strategy(int power, int interest)
{
	if (power < 0 || interest < 0)
		return STRATEGY_UNKNOWN;
	if (power + interest >= 3)
		return STRATEGY_MANAGE;
	if (power > interest)
		return STRATEGY_SATISFY;
	return power + interest ? STRATEGY_INFORM : STRATEGY_MONITOR;
}

const char *strategy_text(enum strategy strategy)
{
	static const char *const texts[] = { N_("power or interest unknown"), N_("monitor"), N_("keep informed"),
		N_("keep satisfied"), N_("manage closely") };

	return texts[strategy];
}

void stakeholder_read(struct stakeholder *out, const struct record *record)
{
	*out = (struct stakeholder){ .record = record, .power = level(record, "power"),
		.interest = level(record, "interest"), .engagement = level(record, "engagement"),
		.desired = level(record, "desired") };
	out->strategy = stakeholder_strategy(out->power, out->interest);
	if (out->engagement >= 0 && out->desired >= 0)
		out->gap = out->desired - out->engagement;
}

/* People and no machines, rooms or goods. */
static bool is_person(const struct record *resource)
{
	return slice_is(record_text_or(resource, "type"), "person");
}

size_t communication_people(const struct project *project)
{
	const struct kind *resources = kind_find(slice_of("resource"));
	size_t count = 0;
	struct record *record;
	struct slice same;

	FOREACH_RECORD(project, resources, record)
		count += is_person(record);
	FOREACH_RECORD(project, kind_find(slice_of("stakeholder")), record)
		if (!record_text(record, "resource", &same) || !project_find(project, resources, same))
			count++;
	return count;
}

uint64_t communication_channels(size_t people)
{
	return people ? (uint64_t)people * (people - 1) / 2 : 0;
}
