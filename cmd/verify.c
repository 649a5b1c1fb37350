/* `pmt verify`: is a range of commits covered by approvals? */
#include "cmd/cli/context.h"
#include "cmd/cli/verifying.h"

#include "git/range.h"
#include "report/verification.h"
#include "text/json.h"

#include <string.h>

struct verify_options {
	const char *ref, *trust, *annotations;
	bool pin;
};

static const struct option_spec specs[] = {
	{ 0, "ref", OPTION_TEXT, offsetof(struct verify_options, ref), N_("BRANCH"),
		N_("The branch that the commits are for; else pmt.guard, else the remote's HEAD") },
	{ 0, "trust", OPTION_TEXT, offsetof(struct verify_options, trust), N_("PIN"),
		N_("Where trust begins, COMMIT:DIGEST; else PMT_TRUST, else pmt.trust") },
	{ 0, "annotations", OPTION_TEXT, offsetof(struct verify_options, annotations), "github|gitlab",
		N_("Print refusals as a CI system reads them: workflow commands, or a code quality report") },
	{ 0, "pin", OPTION_FLAG, offsetof(struct verify_options, pin), NULL,
		N_("Print the pin of a commit instead (HEAD when none is named)") },
	OPTIONS_END,
};

/* "OLD..NEW", "..NEW", "OLD..", or NEW alone; what is left out is the last verified tip or the pin, and HEAD. */
static int read_range(
	struct verification *v, const char *text, char old[GIT_HEX], char new[GIT_HEX], struct err *err)
{
	const char *dots = text ? strstr(text, "..") : NULL;
	const char *end = dots ? dots + 2 : text;
	char *begin = dots && dots > text ? xstrndup(text, (size_t)(dots - text)) : NULL;
	int status = verification_commit(v, end && *end ? end : "HEAD", new, err);

	if (status == 0 && begin && strspn(begin, "0") == strlen(begin))
		*old = '\0';
	else if (status == 0 && begin)
		status = verification_commit(v, begin, old, err);
	else
		verification_last(v, old);
	free(begin);
	return status;
}

static int print_pin(struct verification *v, const char *commit, struct err *err)
{
	char id[GIT_HEX], digest[DIGEST_HEX];
	int status = verification_commit(v, commit, id, err);

	if (status == 0)
		status = verification_folder(v, id, err);
	if (status == 0)
		status = verification_pin(v, id, digest, err);
	if (status == 0)
		printf("%s:%s\n", id, digest);
	return status;
}

/* What a fresh clone could not notice: that it was shown less than it had seen already. */
static int check_kept(struct verification *v, bool tip, struct err *err)
{
	char last[GIT_HEX];
	bool there;
	int status;

	verification_last(v, last);
	if (!tip || !last[0])
		return 0;
	status = repository_descends(v->repository, last, v->new, &there, NULL);
	if (status == 0 && there)
		return 0;
	v->judgement = JUDGED_REFUSED;
	err_set(err, ERR_FAILED, _("%s was verified here at %.10s, which %.10s no longer holds"), v->ref.buf, last,
		v->new);
	err_hint(err, "%s",
		_("fetch again from somewhere you trust; if the branch was rewritten on purpose, remove its line "
		  "from .git/pmt/verified"));
	return ERR_FAILED;
}

static const char *text_of(struct verification *v, const struct finding *finding, struct strbuf *out)
{
	struct cell cell = finding_cell(&v->arena, finding);

	strbuf_reset(out);
	if (finding->change.len)
		strbuf_addf(out, "%.*s: ", (int)finding->change.len, finding->change.at);
	render_cell(&cell, NULL, &v->context->render, out);
	return out->buf;
}

/* Workflow commands: "%", CR and LF are escaped, in properties ":" and ",", too. */
static void add_escaped(struct strbuf *out, const char *text, bool property)
{
	for (; *text; text++)
		if (*text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ',')))
			strbuf_addf(out, "%%%02X", (unsigned)*text);
		else
			strbuf_add_char(out, *text);
}

static void annotate_github(struct verification *v)
{
	const struct finding *items = v->findings.items;
	struct strbuf line, text;

	strbuf_init(&line);
	strbuf_init(&text);
	for (size_t i = 0; i < v->findings.len; i++) {
		if (!items[i].refused)
			continue;
		strbuf_addf(&line, "::error title=%s", items[i].id);
		if (items[i].path) {
			strbuf_add_str(&line, ",file=");
			if (v->folder.len)
				strbuf_addf(&line, "%s/", v->folder.buf);
			add_escaped(&line, items[i].path, true);
		}
		if (items[i].line)
			strbuf_addf(&line, ",line=%u", (unsigned)items[i].line);
		strbuf_add_str(&line, "::");
		add_escaped(&line, text_of(v, &items[i], &text), false);
		strbuf_add_char(&line, '\n');
	}
	fputs(line.buf, stdout);
	strbuf_release(&text);
	strbuf_release(&line);
}

static void write_quality(
	struct verification *v, struct json_writer *w, const struct finding *f, struct strbuf *text)
{
	char print[DIGEST_HEX];
	uint8_t digest[DIGEST_BYTES];
	struct strbuf name;

	strbuf_init(&name);
	text_of(v, f, text);
	strbuf_addf(&name, "%s %.*s %s", f->id, (int)f->commit.len, f->commit.at ? f->commit.at : "", text->buf);
	digest_of(strbuf_slice(&name), digest);
	json_write_object(w);
	json_write_key(w, "description");
	json_write_string(w, text->buf);
	json_write_key(w, "check_name");
	json_write_string(w, f->id);
	json_write_key(w, "fingerprint");
	json_write_string(w, digest_hex(digest, print));
	json_write_key(w, "severity");
	json_write_string(w, "blocker");
	json_write_key(w, "location");
	json_write_object(w);
	strbuf_reset(&name);
	strbuf_addf(&name, "%s%s%s", v->folder.buf, v->folder.len ? "/" : "", f->path ? f->path : "pmt.ini");
	json_write_key(w, "path");
	json_write_string(w, name.buf);
	json_write_key(w, "lines");
	json_write_object(w);
	json_write_key(w, "begin");
	json_write_integer(w, f->line ? f->line : 1);
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
	strbuf_release(&name);
}

static void annotate_gitlab(struct verification *v)
{
	const struct finding *items = v->findings.items;
	struct json_writer w;
	struct strbuf out, text;

	strbuf_init(&out);
	strbuf_init(&text);
	json_write_init(&w, &out, true);
	json_write_array(&w);
	for (size_t i = 0; i < v->findings.len; i++)
		if (items[i].refused)
			write_quality(v, &w, &items[i], &text);
	json_write_end(&w);
	printf("%s\n", out.buf);
	strbuf_release(&text);
	strbuf_release(&out);
}

static int tell(struct verification *v, const struct verify_options *options, struct err *err)
{
	struct verification_facts facts = { .old = v->old,
		.new = v->new,
		.ref = v->ref.buf,
		.accepted = v->judgement == JUDGED_ACCEPTED,
		.pinned = v->pin[0],
		.policy = v->policy,
		.commits = v->commits,
		.findings = &v->findings };
	struct doc doc;
	int status = 0;

	if (options->annotations && strcmp(options->annotations, "github") == 0) {
		annotate_github(v);
	} else if (options->annotations) {
		annotate_gitlab(v);
	} else {
		doc_init(&doc, "pmt.verify/1");
		verification_report(&doc, &facts);
		status = context_emit(v->context, &doc, err);
		doc_release(&doc);
	}
	return status;
}

static int verify(struct verification *v, const struct verify_options *options, const char *range, struct err *err)
{
	char old[GIT_HEX] = "", new[GIT_HEX];
	bool tip;
	int status = read_range(v, range, old, new, err);

	if (status == 0)
		status = verification_range(v, old, new, err);
	if (status < 0)
		return status;
	tip = verification_is_tip(v, new);
	status = check_kept(v, tip, err);
	if (status == 0)
		status = tell(v, options, err);
	if (status == 0 && v->judgement == JUDGED_REFUSED)
		v->context->exit_code = 1;
	else if (status == 0 && tip)
		status = verification_keep(v, err);
	return status;
}

static int check_words(const struct verify_options *options, const struct strvec *arguments, struct err *err)
{
	if (arguments->len > 1)
		return err_set(err, ERR_USAGE, _("'pmt verify' takes one range OLD..NEW, not '%s' too"),
			arguments->items[1]);
	if (!options->annotations || strcmp(options->annotations, "github") == 0 ||
		strcmp(options->annotations, "gitlab") == 0)
		return 0;
	return err_set(err, ERR_USAGE, _("--annotations is github or gitlab, not '%s'"), options->annotations);
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct verify_options *o = options;
	const char *word = arguments->len ? arguments->items[0] : NULL;
	struct verification v;
	int status = check_words(o, arguments, err);

	if (status < 0)
		return status;
	status = verification_open(&v, context, o->trust, o->ref, err);
	if (status == 0)
		status = o->pin ? print_pin(&v, word ? word : "HEAD", err) : verify(&v, o, word, err);
	verification_release(&v);
	return status;
}

const struct command cmd_verify = {
	.name = "verify",
	.group = GROUP_CHANGE,
	.summary = N_("Prove that a range of commits is covered by approvals"),
	.usage = "[[OLD..]NEW]",
	.options = specs,
	.options_size = sizeof(struct verify_options),
	.needs = NEEDS_NOTHING,
	.run = run,
};
