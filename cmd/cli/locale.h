/*
 * Language and character set of one run.
 *
 * --lang, then PMT_LANG, then the project's locale, then the environment. When the wanted locale is not installed, C.UTF-8 with
 * LANGUAGE stands in for it (glibc's gettext honours LANGUAGE under every locale but "C").
 */
#ifndef CLI_LOCALE_H
#define CLI_LOCALE_H

#include "base/strbuf.h"

#include <stdbool.h>

/* At start-up: the environment's locale and the message catalogue. */
void locale_start(void);
/* Switch messages to `lang` ("zh_CN", "en", "zh_CN.UTF-8"); NULL or "": leave as it is. */
void locale_use(const char *lang);
/* The language that is meant by "zh", "zh-CN" or "zh_CN.UTF-8", as its catalogue is called; false: there is none. */
bool locale_find(const char *lang, struct strbuf *out);
/* The languages there are. */
void locale_list(struct strvec *out);
/* Can the terminal show Unicode? */
bool locale_is_unicode(void);
/* "zh_CN" or "en": the language messages are in. */
const char *locale_language(void);

#endif
