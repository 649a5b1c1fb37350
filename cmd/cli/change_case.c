/* A change as the verbs handle it: found, loaded, and judged by the rules of its target. */
#include "cmd/cli/change.h"

#include "cmd/cli/help.h"
#include "git/program.h"

#include <string.h>

extern char **environ;

void change_case_init(struct change_case *c, struct context *context)
{
	*c = (struct change_case){ .reviewed = false };
	proposal_init(&c->proposal, context);
	arena_init(&c->arena);
	c->signer.environment = environ;
	strbuf_init(&c->target_ref);
}

void change_case_release(struct change_case *c)
{
	if (c->reviewed)
		review_release(&c->review);
	strbuf_release(&c->target_ref);
	arena_release(&c->arena);
	proposal_release(&c->proposal);
}

int change_case_review(struct change_case *c, struct err *err)
{
	struct proposal *p = &c->proposal;
	struct review_request request = { .before = &p->before.project,
		.after = &p->after.project,
		.register_in = &proposal_register(p)->project,
		.change = p->record,
		.signer = &c->signer,
		.landed = proposal_has_landed(p) };

	if (c->like && strcmp(c->like->proposal.before.revision.id, p->before.revision.id) == 0)
		request.like = &c->like->review;
	proposal_target_ref(p, &c->target_ref);
	request.target = c->target_ref.buf;
	c->reviewed = true;
	return review_init(&c->review, &request, err);
}

int change_case_files(struct change_case *c, struct vec *files, struct err *err)
{
	struct source *source = c->proposal.after.source;
	struct strvec paths;
	struct strbuf prefix;
	int status;

	strvec_init(&paths);
	strbuf_init(&prefix);
	strbuf_addf(&prefix, "changes/%s/", c->proposal.id.buf);
	status = source->list(source, &paths, err);
	for (size_t i = 0; i < paths.len && status == 0; i++) {
		struct commit_file file;

		if (!slice_starts(slice_of(paths.items[i]), prefix.buf))
			continue;
		file.path = arena_strdup(&c->arena, paths.items[i]);
		status = source->read(source, file.path, &file.bytes, err);
		if (status == 0)
			vec_append(files, &file);
	}
	strbuf_release(&prefix);
	strvec_release(&paths);
	return status;
}

int change_case_open(struct change_case *c, const struct strvec *arguments, struct err *err)
{
	int status = 0;

	if (arguments->len > 1)
		return help_usage_error("change", c->usage ? c->usage : "show [ID]", err);
	status = proposal_prepare(&c->proposal, NULL, err);
	if (status == 0)
		status = proposal_find(&c->proposal, arguments->len ? arguments->items[0] : NULL, err);
	if (status == 0)
		status = proposal_load(&c->proposal, err);
	return status == 0 ? change_case_review(c, err) : status;
}

int change_case_again(struct change_case *c, struct err *err)
{
	struct proposal *p = &c->proposal;
	int status;

	review_release(&c->review);
	c->reviewed = false;
	strbuf_reset(&c->target_ref);
	status = proposal_reload(p, err);
	return status == 0 ? change_case_review(c, err) : status;
}

int change_case_key(struct change_case *c, struct slice person, const char *file, struct err *err)
{
	struct proposal *p = &c->proposal;
	struct key_choice choice;
	struct strbuf configured;
	int status;

	strbuf_init(&configured);
	if (file)
		strbuf_add_str(&configured, file);
	else if (!settings_value(p->context->root, environ, "pmt.signingKey", &configured))
		settings_value(p->context->root, environ, "user.signingKey", &configured);
	status = key_choose(&c->signer, configured.buf, &c->review.policies.keys, person, &c->arena, &choice, err);
	if (status == 0)
		c->signer.key = choice.path;
	strbuf_release(&configured);
	return status;
}
