#include "risk/fmea.h"

#include <string.h>

/*
 * Source: a public transcription of the 2019 handbook's table for design and process FMEA, checked against its published
 * reference points; 350 high, 210 medium, 440 low of the 1000 combinations.
 */
const char fmea_rows[] =
	"9-10 4-10 1-10 high\n"
	"9-10 2-3 2-10 high\n"
	"9-10 2-3 1 medium\n"
	"9-10 1 7-10 high\n"
	"9-10 1 5-6 medium\n"
	"9-10 1 1-4 low\n"
	"7-8 8-10 1-10 high\n"
	"7-8 6-7 2-10 high\n"
	"7-8 6-7 1 medium\n"
	"7-8 4-5 7-10 high\n"
	"7-8 4-5 1-6 medium\n"
	"7-8 2-3 5-10 medium\n"
	"7-8 2-3 1-4 low\n"
	"7-8 1 1-10 low\n"
	"4-6 8-10 5-10 high\n"
	"4-6 8-10 1-4 medium\n"
	"4-6 6-7 2-10 medium\n"
	"4-6 6-7 1 low\n"
	"4-6 4-5 7-10 medium\n"
	"4-6 4-5 1-6 low\n"
	"4-6 1-3 1-10 low\n"
	"2-3 8-10 5-10 medium\n"
	"2-3 8-10 1-4 low\n"
	"2-3 1-7 1-10 low\n"
	"1 1-10 1-10 low\n";

struct slice fmea_table(const struct project *project, const struct record **scale)
{
	return scale_rows(project, "action_priority", "priorities", fmea_rows, scale);
}

/* The first row that fits counts: what is filled stays. */
static void fill(struct risk_register *r, const struct priority_row *row)
{
	for (int s = row->from[0]; s <= row->to[0]; s++)
		for (int o = row->from[1]; o <= row->to[1]; o++)
			for (int d = row->from[2]; d <= row->to[2]; d++)
				if (!r->priorities[s - MARK_LEAST][o - MARK_LEAST][d - MARK_LEAST])
					r->priorities[s - MARK_LEAST][o - MARK_LEAST][d - MARK_LEAST] =
						(uint8_t)(row->priority + 1);
}

static void build(struct risk_register *r)
{
	const struct record *scale;
	struct slice rest = fmea_table(r->project, &scale), line;
	struct priority_row row;

	r->priorities_ready = true;
	while (slice_next(&rest, "\n", &line))
		if (line.len && !priority_row_parse(line, &row))
			fill(r, &row);
}

static bool in_range(int mark)
{
	return mark >= MARK_LEAST && mark <= MARK_MOST;
}

bool fmea_read(struct risk_register *r, const struct record *record, bool after, struct fmea_marks *out)
{
	int marks[RISK_MARKS] = { 0 };
	struct value value;
	bool again = false;

	for (int i = 0; i < (after ? RISK_MARKS : RISK_MARKS / 2); i++)
		if (record_value(r->project, record, r->marks[i], &r->arena, &value))
			marks[i] = value.as.integer > MARK_MOST ? 0 : (int)value.as.integer;
	for (int i = 0; i < RISK_MARKS / 2; i++)
		if (after && marks[i + 3]) {
			marks[i] = marks[i + 3];
			again = true;
		}
	*out = (struct fmea_marks){ marks[0], marks[1], marks[2] };
	return in_range(marks[0]) && in_range(marks[1]) && in_range(marks[2]) && (again || !after);
}

int fmea_rpn(const struct fmea_marks *marks)
{
	return marks->severity * marks->occurrence * marks->detection;
}

bool fmea_priority(struct risk_register *r, const struct fmea_marks *marks, enum action_priority *out)
{
	uint8_t found;

	if (!r->priorities_ready)
		build(r);
	found = r->priorities[marks->severity - MARK_LEAST][marks->occurrence - MARK_LEAST][marks->detection - MARK_LEAST];
	if (found)
		*out = (enum action_priority)(found - 1);
	return found != 0;
}
