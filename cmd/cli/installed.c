#include "cmd/cli/installed.h"

#ifndef PMT_VERSION
#define PMT_VERSION "0.1.0"
#endif
#ifndef PMT_LOCALEDIR
#define PMT_LOCALEDIR "/usr/share/locale"
#endif

const char pmt_version[] = PMT_VERSION;
const char pmt_locale_folder[] = PMT_LOCALEDIR;
