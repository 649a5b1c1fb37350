/* What two projects say differently, what lies between them, and the digest of what governs the plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/difference.h"
#include "model/governing.h"

#include <string.h>

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

static void load(struct loaded *l, const char *text)
{
	l->source = source_memory_new();
	diagnostics_init(&l->found);
	source_memory_add(l->source, "pmt.ini", slice_of(text));
	assert_int_equal(project_load(&l->project, l->source, 1, &l->found, NULL), 0);
}

static void unload(struct loaded *l)
{
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
}

/* "+task B; task A.effort 1d>2d; -task C;" */
static void describe(const struct vec *differences, struct strbuf *out)
{
	for (size_t i = 0; i < differences->len; i++) {
		const struct difference *d = vec_at(differences, i);
		const struct record *record = d->after ? d->after : d->before;

		strbuf_addf(out, "%s%s %.*s", d->what == DIFFERENCE_ADDED ? "+" : d->what == DIFFERENCE_REMOVED ? "-" : "",
			record->kind->name, (int)record->id.len, record->id.at);
		if (d->what == DIFFERENCE_FIELD)
			strbuf_addf(out, ".%.*s %.*s>%.*s", (int)d->field.len, d->field.at, (int)d->old.len, d->old.at ? d->old.at : "",
				(int)d->new.len, d->new.at ? d->new.at : "");
		strbuf_add_str(out, "; ");
	}
}

static void check(const char *before, const char *after, const char *kinds, const char *wanted)
{
	struct loaded a, b;
	struct vec differences;
	struct strbuf text;

	load(&a, before);
	load(&b, after);
	vec_init(&differences, sizeof(struct difference));
	strbuf_init(&text);
	project_differences(&a.project, &b.project, kinds, &differences);
	describe(&differences, &text);
	assert_string_equal(text.buf, wanted);
	strbuf_release(&text);
	vec_release(&differences);
	unload(&a);
	unload(&b);
}

static void records_and_fields(void **state)
{
	(void)state;
	check("[project]\n[task A]\neffort = 1d\n[task C]\n", "[project]\n[task A]\neffort = 2d\n[task B]\n", "task",
		"+task B; task A.effort 1d>2d; -task C; ");
	check("[project]\nstart = 2026-03-02\n[task A]\ntitle = x\n", "[project]\nname = y\n[task a]\ntitle = x\nx_own = 1\n", "project|task",
		"project .name >y; project .start 2026-03-02>; task a.x_own >1; ");
}

static void layout_is_no_difference(void **state)
{
	(void)state;
	check("[project]\n[task A]\neffort = 1d\ntitle = t\n[task B]\ndescription = one\n  two\n",
		"[project]\n; remark\n[task B]\ndescription =\n   one\n\ttwo\n[task A]\ntitle=t\neffort   =   1d\n", "task|project", "");
	check("[project]\n[timesheet li]\n2026-03-02 = T-1 1h\n", "[project]\n", "timesheet", "");
}

/* Ids of the blend's tasks, with their titles. */
static void blended(const char *before, const char *after, const char *made_text, const char *wanted)
{
	struct loaded a, b;
	struct vec differences;
	struct project blend;
	struct record *record;
	struct strbuf text;
	bool made[16] = { false };

	load(&a, before);
	load(&b, after);
	vec_init(&differences, sizeof(struct difference));
	strbuf_init(&text);
	project_differences(&a.project, &b.project, "project|task", &differences);
	assert_int_equal(strlen(made_text), differences.len);
	for (size_t i = 0; i < differences.len; i++)
		made[i] = made_text[i] == '1';
	project_blend(&blend, &a.project, &b.project, "project|task", &differences, made);
	FOREACH_RECORD(&blend, kind_find(slice_of("task")), record) {
		struct slice title = record_text_or(record, "title"), effort = record_text_or(record, "effort");

		assert_ptr_equal(project_find(&blend, record->kind, record->id), record);
		assert_int_equal(record->kind_number, record_i);
		assert_non_null(record_place(&blend, record).path);
		strbuf_addf(&text, "%.*s=%.*s/%.*s ", (int)record->id.len, record->id.at, (int)title.len, title.len ? title.at : "",
			(int)effort.len, effort.len ? effort.at : "");
	}
	assert_string_equal(text.buf, wanted);
	project_release(&blend);
	strbuf_release(&text);
	vec_release(&differences);
	unload(&a);
	unload(&b);
}

static void between_two_projects(void **state)
{
	static const char before[] = "[project]\n[task O]\n[task A]\ntitle = a\neffort = 1d\n[task X]\n[task Y]\n[task B]\ntitle = b\n[task Z]\n";
	static const char after[] = "[project]\n[task A]\neffort = 2d\n[task N]\n[task B]\ntitle = c\n";

	(void)state;
	/* +N, A.effort, A.title, B.title, -O, -X, -Y, -Z */
	blended(before, after, "00000000", "O=/ A=a/1d X=/ Y=/ B=b/ Z=/ ");
	blended(before, after, "11111111", "A=/2d N=/ B=c/ ");
	blended(before, after, "10100100", "O=/ A=/1d Y=/ N=/ B=b/ Z=/ ");
	blended(before, after, "01010000", "O=/ A=a/2d X=/ Y=/ B=c/ Z=/ ");
}

static void settings_of_a_blend(void **state)
{
	struct loaded a, b;
	struct vec differences;
	struct project blend;
	bool made[1] = { false };

	(void)state;
	load(&a, "[project]\nhours_per_day = 8\n");
	load(&b, "[project]\nhours_per_day = 6\n");
	vec_init(&differences, sizeof(struct difference));
	project_differences(&a.project, &b.project, "project", &differences);
	assert_int_equal(differences.len, 1);
	project_blend(&blend, &a.project, &b.project, "project", &differences, made);
	assert_int_equal(blend.units.minutes_per_day, 480);
	project_release(&blend);
	made[0] = true;
	project_blend(&blend, &a.project, &b.project, "project", &differences, made);
	assert_int_equal(blend.units.minutes_per_day, 360);
	project_release(&blend);
	vec_release(&differences);
	unload(&a);
	unload(&b);
}

/* --- the digest --- */

static bool same_digest(const char *one, const char *two)
{
	char a[DIGEST_HEX], b[DIGEST_HEX];
	struct loaded x, y;

	load(&x, one);
	load(&y, two);
	governing_digest(&x.project, a);
	governing_digest(&y.project, b);
	unload(&x);
	unload(&y);
	return strcmp(a, b) == 0;
}

#define BASE "[project]\nstart = 2026-03-02\n[task A]\neffort = 2d\ntitle = t\n[risk R-1]\ntitle = r\n"

static void what_governs_the_plan(void **state)
{
	(void)state;
	assert_true(same_digest(BASE, "[project]\nstart=2026-03-02\n; moved\n[risk R-1]\ntitle = r\n[task A]\ntitle = t\neffort = 2d\n"));
	assert_true(same_digest(BASE, BASE "[baseline 1]\ncost = 4\n[policy p]\napprove = ccb\n[note A]\n2026-03-02 = x\n"));
	assert_true(same_digest(BASE, "[project]\nbaseline = 1\nname = n\nstart = 2026-03-02\n[task A]\nprogress = 5%\neffort = 2d\ntitle = t\n"
		"[risk R-1]\ntitle = other\n"));
	assert_false(same_digest(BASE, "[project]\nstart = 2026-03-02\n[task A]\neffort = 3d\ntitle = t\n[risk R-1]\ntitle = r\n"));
	assert_false(same_digest(BASE, BASE "[task B]\n"));
	assert_false(same_digest(BASE, BASE "[resource li]\nkeys = ssh-ed25519 AAAA\n"));
	assert_false(same_digest("[project]\n[task A]\ntitle = t\n", "[project]\n[task A]\neffort = t\n"));
}

/* --- a patched source --- */

static void files_laid_over_others(void **state)
{
	struct source *under = source_memory_new(), *patch = source_patch_new(under);
	struct strvec paths;
	struct slice bytes, old;

	(void)state;
	source_memory_add(under, "pmt.ini", slice_of("[project]\n"));
	source_memory_add(under, "plan.ini", slice_of("[task A]\n"));
	assert_int_equal(patch->read(patch, "plan.ini", &old, NULL), 0);
	source_patch_set(patch, "plan.ini", slice_of("[task B]\n"));
	source_patch_set(patch, "new.ini", slice_of("[task C]\n"));
	source_patch_set(patch, "new.ini", slice_of("[task D]\n"));
	strvec_init(&paths);
	assert_int_equal(patch->list(patch, &paths, NULL), 0);
	assert_int_equal(paths.len, 3);
	assert_string_equal(paths.items[0], "new.ini");
	assert_int_equal(patch->read(patch, "plan.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[task B]\n"));
	assert_true(slice_is(old, "[task A]\n"));
	assert_int_equal(patch->read(patch, "new.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[task D]\n"));
	assert_int_equal(patch->read(patch, "pmt.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[project]\n"));
	assert_int_equal(under->read(under, "plan.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[task A]\n"));
	strvec_release(&paths);
	source_free(patch);
	source_free(under);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_and_fields),
		cmocka_unit_test(layout_is_no_difference),
		cmocka_unit_test(between_two_projects),
		cmocka_unit_test(settings_of_a_blend),
		cmocka_unit_test(what_governs_the_plan),
		cmocka_unit_test(files_laid_over_others),
	};

	return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
