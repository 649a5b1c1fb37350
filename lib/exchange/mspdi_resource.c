/* Resources of Microsoft Project. */
#include "exchange/mspdi.h"

#include <math.h>

static void read_resource(struct mspdi *m, struct mspdi_resource *r)
{
	struct mspdi_calendar *calendar;
	double most;

	r->uid = mspdi_integer(r->node, "UID", 0);
	r->type = (int)mspdi_integer(r->node, "Type", 1);
	if (mspdi_yes(r->node, "IsCostResource"))
		r->type = 2;
	r->units = DECIMAL_ONE;
	if (r->type == 1 && mspdi_number(r->node, "MaxUnits", &most) && most > 0 && most < 1)
		r->units = decimal_from_double(most);
	calendar = mspdi_calendar_find(m, mspdi_integer(r->node, "CalendarUID", -1));
	calendar = mspdi_calendar_effective(m, calendar);
	if (r->type == 1 && calendar && calendar != m->project_calendar) {
		r->calendar = calendar;
		r->own_hours = true;
	}
	mspdi_index(m, &m->resource_by_uid, r->uid, (size_t)(r - m->resources));
}

void mspdi_read_resources(struct mspdi *m)
{
	const struct xml_node *list = xml_child(m->root, "Resources");
	size_t count = 0;

	FOREACH_XML (list, "Resource", node)
		count++;
	m->resources = arena_calloc(&m->out->arena, count, sizeof(*m->resources));
	FOREACH_XML (list, "Resource", node) {
		/* Without a name: an empty row, or Project's own stand-in for nobody. */
		if (!xml_child_text(node, "Name").len || mspdi_yes(node, "IsNull"))
			continue;
		m->resources[m->resource_count].node = node;
		read_resource(m, &m->resources[m->resource_count++]);
	}
}

/* A number of ours: at most four decimals, no exponent. */
static void add_number(struct strbuf *out, double value)
{
	decimal_print(out, decimal_from_double(value), 0);
}

/*
 * Rates are per hour; the format says in what unit people think of them (1 min, 2 h, 3 d, 4 w, 5
 * mo, 7 year, 8 for material). By the day where that is the unit and a round number.
 */
static void add_rate(struct mspdi *m, struct strbuf *out, const struct mspdi_resource *r,
	double rate, int64_t format)
{
	double day = rate * m->units.minutes_per_day / 60;

	if (r->type != 1) {
		add_number(out, rate);
		strbuf_add_str(out, "/unit");
	} else if (format == 3 && fabs(day * 100 - round(day * 100)) < 1e-6) {
		add_number(out, day);
		strbuf_add_str(out, "/d");
	} else {
		add_number(out, rate);
		strbuf_add_str(out, "/h");
	}
}

/* Later steps of cost rate table A (number 0): "from 2026-07-01 1600/d". */
static void add_rate_steps(struct mspdi *m, struct strbuf *out, const struct mspdi_resource *r,
	const char *element, int64_t format)
{
	char date[CIVIL_TEXT];
	bool first = true;

	FOREACH_XML (xml_child(r->node, "Rates"), "Rate", step) {
		moment_t from = mspdi_moment(step, "RatesFrom");
		double rate;

		if (mspdi_integer(step, "RateTable", 0) != 0)
			continue;
		if (!first && from != MOMENT_NONE && mspdi_number(step, element, &rate) &&
			rate >= 0) {
			strbuf_addf(out, "\nfrom %s ", date_print(moment_date(from), date));
			add_rate(m, out, r, rate, format);
		}
		first = false;
	}
}

static void put_rate(struct mspdi *m, struct import_section *s, const char *key,
	const struct mspdi_resource *r, const char *element)
{
	char format_of[32];
	struct strbuf text;
	int64_t format;
	double rate;

	snprintf(format_of, sizeof(format_of), "%sFormat", element);
	format = mspdi_integer(r->node, format_of, 2);
	if (!mspdi_number(r->node, element, &rate) || rate < 0)
		return;
	strbuf_init(&text);
	add_rate(m, &text, r, rate, format);
	add_rate_steps(m, &text, r, element, format);
	if (rate > 0 || strchr(text.buf, '\n'))
		import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void put_number(struct import_section *s, const char *key, double value)
{
	struct strbuf text;

	strbuf_init(&text);
	add_number(&text, value);
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void put_accrual(struct import_section *s, const char *key, int64_t code)
{
	if (code == 1)
		import_put(s, key, slice_of("start"));
	else if (code == 2)
		import_put(s, key, slice_of("end"));
}

static void put_availability(struct import_section *s, const struct mspdi_resource *r)
{
	moment_t from = mspdi_moment(r->node, "AvailableFrom"),
		 to = mspdi_moment(r->node, "AvailableTo");
	char text[CIVIL_TEXT];

	if (from != MOMENT_NONE)
		import_put(s, "available_from", slice_of(date_print(moment_date(from), text)));
	if (to != MOMENT_NONE &&
		civil_from_date(moment_date(to)).year < 2049) /* Project's "for ever" */
		import_put(s, "available_to", slice_of(date_print(moment_date(to), text)));
}

static void write_resource(struct mspdi *m, struct mspdi_resource *r)
{
	static const char *const types[] = { "material", NULL, NULL };
	struct slice name = xml_child_text(r->node, "Name");
	struct import_section s;
	double number;

	r->id = import_id(m->out, m->options, "resource", name, "resource");
	import_begin(&s, m->out, "people.ini", "resource", slice_of(r->id));
	if (!slice_is(name, r->id))
		import_put_line(&s, "title", name);
	if (r->type >= 0 && r->type <= 2 && types[r->type])
		import_put(&s, "type", slice_of(types[r->type]));
	import_put_line(&s, "email", xml_child_text(r->node, "EmailAddress"));
	if (r->team)
		import_put(&s, "team", slice_of(r->team));
	if (r->calendar && r->calendar->id)
		import_put(&s, "calendar", slice_of(r->calendar->id));
	put_availability(&s, r);
	if (r->type == 1 && mspdi_number(r->node, "MaxUnits", &number) && number != 1 &&
		number >= 0)
		put_number(&s, "capacity", number);
	put_rate(m, &s, "rate", r, "StandardRate");
	put_rate(m, &s, "overtime_rate", r, "OvertimeRate");
	if (mspdi_number(r->node, "CostPerUse", &number) && number > 0)
		put_number(&s, "cost_per_use", number / 100);
	put_accrual(&s, "accrual", mspdi_integer(r->node, "AccrueAt", 3));
	import_put_line(&s, "unit", xml_child_text(r->node, "MaterialLabel"));
	if (r->type == 2)
		import_put(&s, "x_type", slice_of("cost"));
	if (mspdi_yes(r->node, "IsGeneric"))
		import_put(&s, "x_generic", slice_of("yes"));
	mspdi_put_custom(m, &s, r->node);
	import_put(&s, "description", xml_child_text(r->node, "Notes"));
	import_end(&s);
	m->out->resources++;
}

/* Project's groups are words on resources; each becomes a team. */
static void write_teams(struct mspdi *m)
{
	struct import_section s;
	struct map groups;

	map_init(&groups);
	for (size_t i = 0; i < m->resource_count; i++) {
		struct slice group = xml_child_text(m->resources[i].node, "Group");
		const char *id = group.len ? map_get_pointer(&groups, group) : NULL;

		if (group.len && !id) {
			id = import_id(m->out, m->options, "team", group, "team");
			map_put(&groups, group, (uintptr_t)id);
			import_begin(&s, m->out, "people.ini", "team", slice_of(id));
			if (!slice_is(group, id))
				import_put_line(&s, "title", group);
			import_end(&s);
		}
		m->resources[i].team = id;
	}
	map_release(&groups);
}

void mspdi_write_resources(struct mspdi *m)
{
	write_teams(m);
	for (size_t i = 0; i < m->resource_count; i++)
		write_resource(m, &m->resources[i]);
}
