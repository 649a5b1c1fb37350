/*
 * N_ marks a text for the message catalogue without translating it: lib carries message ids,
 * cmd and render translate them when they print.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#define N_(text) text

#endif
