/* What the build knows of this program: its version, and where it would be installed. */
#ifndef CLI_INSTALLED_H
#define CLI_INSTALLED_H

extern const char pmt_version[];
extern const char pmt_locale_folder[]; /* of the catalogues of translations */

#endif
