/* The hook commit-msg: trailers "Task: T-12, T-13" and "Time: 2h" say something that pmt will understand later. */
#include "cmd/cli/hooks.h"

#include "cmd/cli/context.h"

#include "history/trailer.h"

#include <string.h>

/* Git's comments and what stands below its scissors are not committed. */
static void strip(struct slice text, struct strbuf *out)
{
	struct slice line;

	while (slice_next(&text, "\n", &line)) {
		if (slice_starts(line, "# ------------------------ >8"))
			break;
		if (!slice_starts(line, "#"))
			strbuf_addf(out, "%.*s\n", (int)line.len, line.at);
	}
}

static int check_work(struct context *context, const struct history_work *work, struct err *err)
{
	if (work->wrong.at)
		return err_set(err, ERR_FAILED,
			_("Time: '%.*s' is no amount of work: expected for example 2h or 1.5d"),
			(int)work->wrong.len, work->wrong.at);
	if (project_find(&context->project, kind_find(slice_of("task")), work->task))
		return 0;
	err_set(err, ERR_FAILED, _("Task: there is no task '%.*s'"), (int)work->task.len, work->task.at);
	err_hint(err, "%s", _("'pmt task' lists them; 'git commit --no-verify' commits all the same"));
	return ERR_FAILED;
}

static int check_message(struct context *context, struct slice text, struct err *err)
{
	const struct history_work *items;
	struct strbuf message;
	struct vec work;
	int status = 0;

	strbuf_init(&message);
	vec_init(&work, sizeof(struct history_work));
	strip(text, &message);
	trailers_read(strbuf_slice(&message), &context->project.units, &work);
	items = work.items;
	for (size_t i = 0; i < work.len && status == 0; i++)
		status = check_work(context, &items[i], err);
	vec_release(&work);
	strbuf_release(&message);
	return status;
}

int hook_commit_message(struct context *context, const struct strvec *arguments, struct err *err)
{
	struct strbuf text;
	int status;

	if (arguments->len < 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt hook run commit-msg' needs the message's file"));
	strbuf_init(&text);
	status = file_read(&text, arguments->items[0], err);
	if (status == 0 && (strcasestr(text.buf, "task:") || strcasestr(text.buf, "time:")))
		status = context_project(context, err);
	if (status == 0 && context->project_loaded)
		status = check_message(context, strbuf_slice(&text), err);
	strbuf_release(&text);
	return status;
}
