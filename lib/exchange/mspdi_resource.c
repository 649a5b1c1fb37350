/* Resources of Microsoft Project. */
#include "exchange/mspdi.h"

#include <math.h>

static void read_resource(struct mspdi *m, struct mspdi_resource *r)
{
	struct mspdi_calendar *calendar;

	r->uid = mspdi_integer(r->node, "UID", 0);
	r->type = (int)mspdi_integer(r->node, "Type", 1);
	if (mspdi_yes(r->node, "IsCostResource"))
		r->type = 2;
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

/* StandardRate is per hour; the format says in what unit people think of it (1 min … 7 year, 8 for material). */
static void put_rate(struct mspdi *m, struct import_section *s, const char *key, const struct mspdi_resource *r,
	const char *element)
{
	struct strbuf text;
	double rate;

	if (!mspdi_number(r->node, element, &rate) || rate <= 0)
		return;
	strbuf_init(&text);
	if (r->type == 1) {
		int64_t format = mspdi_integer(r->node, "StandardRateFormat", 2);
		double day = rate * m->units.minutes_per_day / 60;

		/* By the day where that is a rounder number to read. */
		if (format == 3 && fabs(day * 100 - round(day * 100)) < 1e-6) {
			add_number(&text, day);
			strbuf_add_str(&text, "/d");
		} else {
			add_number(&text, rate);
			strbuf_add_str(&text, "/h");
		}
	} else {
		add_number(&text, rate);
		strbuf_add_str(&text, "/unit");
	}
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
	moment_t from = mspdi_moment(r->node, "AvailableFrom"), to = mspdi_moment(r->node, "AvailableTo");
	char text[CIVIL_TEXT];

	if (from != MOMENT_NONE)
		import_put(s, "available_from", slice_of(date_print(moment_date(from), text)));
	if (to != MOMENT_NONE && civil_from_date(moment_date(to)).year < 2049) /* Project's "for ever" */
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
	import_put_line(&s, "job", xml_child_text(r->node, "Group"));
	if (r->calendar && r->calendar->id)
		import_put(&s, "calendar", slice_of(r->calendar->id));
	put_availability(&s, r);
	if (r->type == 1 && mspdi_number(r->node, "MaxUnits", &number) && number != 1 && number >= 0)
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
	import_put(&s, "description", xml_child_text(r->node, "Notes"));
	import_end(&s);
	m->out->resources++;
}

void mspdi_write_resources(struct mspdi *m)
{
	for (size_t i = 0; i < m->resource_count; i++)
		write_resource(m, &m->resources[i]);
}
