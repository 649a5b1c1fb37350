#include "git/source_index.h"

#include "base/alloc.h"
#include "base/process.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>

struct index_file {
	struct slice path; /* below the project's folder */
	struct slice id;
};

/* A dot-file, or one in a dot-folder. */
static bool is_hidden(struct slice path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.at[i] == '.' && (i == 0 || path.at[i - 1] == '/'))
			return true;
	return false;
}

/* "MODE ID STAGE\tPATH" */
static void take_entry(struct slice line, const char *folder, struct vec *files)
{
	struct slice path = slice_from(line, slice_find(line, '\t') + 1), rest = line, mode, id, stage;
	size_t len = strlen(folder);

	if (!slice_next(&rest, " ", &mode) || !slice_next(&rest, " ", &id) || !slice_next(&rest, "\t", &stage))
		return;
	if (len) {
		if (!slice_starts(path, folder) || path.len <= len || path.at[len] != '/')
			return;
		path = slice_from(path, len + 1);
	}
	if (slice_starts(mode, "100") && slice_is(stage, "0") && slice_ends(path, ".ini") && !is_hidden(path)) {
		struct index_file *file = vec_push(files);

		*file = (struct index_file){ path, id };
	}
}

/* Folders below with a pmt.ini, "sub/" each: projects of their own. */
static void find_foreign(const struct vec *files, struct vec *folders)
{
	const struct index_file *all = files->items;

	for (size_t i = 0; i < files->len; i++) {
		struct slice folder = all[i].path;

		if (!slice_ends(folder, "/pmt.ini"))
			continue;
		folder.len -= strlen("pmt.ini");
		vec_append(folders, &folder);
	}
}

static bool lies_in(const struct vec *folders, struct slice path)
{
	const struct slice *all = folders->items;

	for (size_t i = 0; i < folders->len; i++)
		if (path.len > all[i].len && memcmp(path.at, all[i].at, all[i].len) == 0)
			return true;
	return false;
}

/* "ID blob SIZE\n", the bytes, "\n" for each id that was asked for, in order. */
static int take_blobs(const struct vec *files, struct slice answers, struct source *source, struct err *err)
{
	const struct index_file *all = files->items;
	struct vec foreign;
	struct strbuf path;
	int rc = 0;

	strbuf_init(&path);
	vec_init(&foreign, sizeof(struct slice));
	find_foreign(files, &foreign);
	for (size_t i = 0; i < files->len && !rc; i++) {
		struct slice head = slice_new(answers.at, slice_find(answers, '\n')), id, type, size;
		size_t len;

		answers = slice_from(answers, head.len + 1);
		if (!slice_next(&head, " ", &id) || !slice_next(&head, " ", &type) || !slice_next(&head, " ", &size)) {
			rc = err_set(err, ERR_SYSTEM, "git cannot read '%.*s' of the index", (int)all[i].path.len, all[i].path.at);
			break;
		}
		len = (size_t)strtoull(size.at, NULL, 10);
		strbuf_reset(&path);
		strbuf_add_slice(&path, all[i].path);
		if (!lies_in(&foreign, all[i].path))
			source_memory_add(source, path.buf, slice_new(answers.at, len < answers.len ? len : answers.len));
		answers = slice_from(answers, len + 1);
	}
	vec_release(&foreign);
	strbuf_release(&path);
	return rc;
}

static int read_blobs(const struct git_call *call, const struct vec *files, struct source *source, struct err *err)
{
	const struct index_file *all = files->items;
	struct strbuf asked, answers;
	struct git_call mine = *call;
	int rc;

	strbuf_init(&asked);
	strbuf_init(&answers);
	for (size_t i = 0; i < files->len; i++)
		strbuf_addf(&asked, "%.*s\n", (int)all[i].id.len, all[i].id.at);
	mine.input = strbuf_slice(&asked);
	mine.output = &answers;
	rc = files->len ? git_must(&mine, (const char *const[]){ "cat-file", "--batch", NULL }, err) : 0;
	if (!rc)
		rc = take_blobs(files, strbuf_slice(&answers), source, err);
	strbuf_release(&answers);
	strbuf_release(&asked);
	return rc;
}

int source_index_new(struct repository *repository, const char *folder, struct source **out, struct err *err)
{
	char **environment = repository_environment(repository);
	struct strbuf output;
	struct git_call call = { .folder = repository->work_folder, .environment = environment, .output = &output };
	struct slice rest;
	struct vec files;
	int rc;

	*out = source_memory_new();
	strbuf_init(&output);
	vec_init(&files, sizeof(struct index_file));
	rc = git_must(&call, (const char *const[]){ "ls-files", "--stage", "-z", "--", *folder ? folder : ".", NULL }, err);
	for (rest = strbuf_slice(&output); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1))
		take_entry(slice_new(rest.at, slice_find(rest, '\0')), folder, &files);
	if (!rc)
		rc = read_blobs(&call, &files, *out, err);
	if (rc) {
		source_free(*out);
		*out = NULL;
	}
	vec_release(&files);
	strbuf_release(&output);
	environment_free(environment);
	return rc;
}
