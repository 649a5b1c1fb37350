#!/bin/sh
. "${0%/*}/lib.sh"

it 'prints one line with the version' <<'EOT'
    out pmt version
    lines 1
    matches '^pmt [0-9a-z.+-]+'
    silent
EOT

it 'names the libraries it runs with' <<'EOT'
    out pmt version --build
    has libgit2
    has utf8proc
    has OpenSSL
    has expat
EOT

it 'is the same as --version' <<'EOT'
    pmt version >one
    pmt --version >two
    same one two
EOT

it 'needs no project, no home, no writable folder' <<'EOT'
    unset HOME
    cd /
    out pmt version
EOT

it 'takes no arguments' <<'EOT'
    exits 2 pmt version now
    [ ! -s "$OUT" ]
EOT

it 'says so when it cannot write' <<'EOT'
    [ -e /dev/full ] || skip no /dev/full
    status=0
    pmt version >/dev/full 2>"$ERR" || status=$?
    [ "$status" -ne 0 ]
EOT

finish
