#include "cmd/cli/locale.h"

#include "cmd/cli/installed.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"

#include <ctype.h>
#include <dirent.h>
#include <langinfo.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* The environment's character set, before any fallback to C.UTF-8. */
static bool unicode;
static char language[16];

/* Catalogues beside the program (a build tree) win over the installed ones. */
static void bind_catalogue(void)
{
	const char *named = getenv("PMT_LOCALEDIR");
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - sizeof("/locale"));
	struct strbuf path;

	strbuf_init(&path);
	if (named && *named) {
		strbuf_add_str(&path, named);
	} else if (len > 0) {
		strbuf_add(&path, program, (size_t)len);
		strbuf_truncate(&path, (size_t)(strrchr(path.buf, '/') - path.buf));
		strbuf_add_str(&path, "/locale");
		if (!file_is_folder(path.buf))
			strbuf_reset(&path);
	}
	bindtextdomain("pmt", path.len ? path.buf : pmt_locale_folder);
	bind_textdomain_codeset("pmt", "UTF-8");
	textdomain("pmt");
	strbuf_release(&path);
}

static void remember(const char *name)
{
	size_t len = strcspn(name, ".@:");

	if (len >= sizeof(language))
		len = sizeof(language) - 1;
	memcpy(language, name, len);
	language[len] = '\0';
	if (strcmp(language, "C") == 0 || strcmp(language, "POSIX") == 0 || !*language)
		memcpy(language, "en", sizeof("en"));
}

/* "zh-cn.UTF-8" and "zh_CN" are one name; "zh" is the first of its countries. */
static bool names_language(const char *asked, const char *folder)
{
	size_t len = strcspn(asked, ".@:");

	for (size_t i = 0; i < len; i++) {
		char a = asked[i] == '-' ? '_' : (char)tolower((unsigned char)asked[i]);
		if (a != (char)tolower((unsigned char)folder[i]))
			return false;
	}
	return !folder[len] || folder[len] == '_';
}

static bool has_catalogue(const char *folder, const char *name)
{
	struct strbuf path;
	bool found;

	if (name[0] == '.')
		return false;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s/LC_MESSAGES/pmt.mo", folder, name);
	found = file_exists(path.buf);
	strbuf_release(&path);
	return found;
}

void locale_list(struct strvec *out)
{
	const char *folder = bindtextdomain("pmt", NULL);
	struct dirent *entry;
	DIR *dir = folder ? opendir(folder) : NULL;

	while (dir && (entry = readdir(dir)))
		if (has_catalogue(folder, entry->d_name))
			strvec_push(out, entry->d_name);
	if (dir)
		closedir(dir);
	strvec_push(out, "en");
	strvec_sort(out);
}

bool locale_find(const char *lang, struct strbuf *out)
{
	struct strvec names;
	bool found = false;

	/* What pmt itself is written in has no catalogue, whatever the country. */
	if (strncasecmp(lang, "en", 2) == 0 && !isalpha((unsigned char)lang[2])) {
		strbuf_add(out, lang, strcspn(lang, ".@:"));
		return true;
	}
	strvec_init(&names);
	locale_list(&names);
	for (size_t i = 0; i < names.len && !found; i++)
		if (names_language(lang, names.items[i])) {
			strbuf_add_str(out, names.items[i]);
			found = true;
		}
	strvec_release(&names);
	return found;
}

/* The locale the environment names for a category. */
static const char *named_locale(const char *category)
{
	const char *names[] = { getenv("LC_ALL"), getenv(category), getenv("LANG") };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i] && *names[i])
			return names[i];
	return "C";
}

/* A UTF-8 locale that is named but not installed: C.UTF-8 shows its text, LANGUAGE finds its messages. */
static bool stand_in(void)
{
	const char *wanted = named_locale("LC_CTYPE"), *messages = named_locale("LC_MESSAGES");

	if (!strcasestr(wanted, "utf-8") && !strcasestr(wanted, "utf8"))
		return false;
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return false;
	if (!getenv("LANGUAGE"))
		locale_use(messages);
	return true;
}

void locale_start(void)
{
	const char *messages, *preferred;

	if (!setlocale(LC_ALL, ""))
		stand_in();
	preferred = getenv("LANGUAGE");
	unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	setlocale(LC_NUMERIC, "C");
	messages = setlocale(LC_MESSAGES, NULL);
	remember(preferred && *preferred && strcmp(messages, "C") != 0 ? preferred : messages);
	bind_catalogue();
}

void locale_use(const char *lang)
{
	char wanted[32];
	size_t len;

	if (!lang || !*lang)
		return;
	remember(lang);
	len = strlen(language);
	memcpy(wanted, language, len);
	memcpy(wanted + len, ".UTF-8", sizeof(".UTF-8"));
	setenv("LANGUAGE", strncmp(language, "en", 2) == 0 ? "en" : language, 1);
	if (!setlocale(LC_MESSAGES, wanted) || !setlocale(LC_CTYPE, wanted)) {
		setlocale(LC_MESSAGES, "C.UTF-8");
		setlocale(LC_CTYPE, "C.UTF-8");
	}
}

bool locale_is_unicode(void)
{
	return unicode;
}

const char *locale_language(void)
{
	return language;
}
