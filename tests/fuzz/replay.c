/* Feeds files, or all files of folders, to a fuzz target: the corpus as a normal test. */
#include "tests/fuzz/fuzz.h"

#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int replay(const char *path);

static int replay_folder(const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort), failed = 0;

	if (count < 0) {
		perror(path);
		return 1;
	}
	for (int i = 0; i < count; i++) {
		struct strbuf inner;

		strbuf_init(&inner);
		strbuf_addf(&inner, "%s/%s", path, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			failed |= replay(inner.buf);
		strbuf_release(&inner);
		free(entries[i]);
	}
	free(entries);
	return failed;
}

static int replay(const char *path)
{
	struct strbuf bytes;
	struct err err;
	int result;

	if (file_is_folder(path))
		return replay_folder(path);
	err_init(&err);
	strbuf_init(&bytes);
	result = file_read(&bytes, path, &err);
	if (result)
		fprintf(stderr, "%s\n", err.message);
	else
		LLVMFuzzerTestOneInput((const uint8_t *)bytes.buf, bytes.len);
	strbuf_release(&bytes);
	err_release(&err);
	return result != 0;
}

int main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	return failed;
}
