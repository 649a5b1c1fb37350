#!/bin/sh
# What `make install` puts where, and what `make setup` says.
. "${0%/*}/lib.sh"

it 'installs the program, pages, completions and catalogues below DESTDIR and prefix' <<'EOT'
    root="$PWD/root of all"
    (cd "$SRC" && B="$B" DESTDIR="$root" prefix=/opt/pmt sh .ci/install)
    cd "$root"
    [ "$(ls)" = opt ]
    cd opt/pmt
    unset PMT_LOCALEDIR
    bin/pmt version >one
    pmt version >two
    same one two
    [ -f share/man/man1/pmt.1 ]
    [ -f share/man/man5/pmt-format.5 ]
    [ -f share/locale/zh_CN/LC_MESSAGES/pmt.mo ]
    [ -f share/bash-completion/completions/pmt ]
    [ -f share/zsh/site-functions/_pmt ]
    [ -f share/fish/vendor_completions.d/pmt.fish ]
    find . -type f ! -perm -444 | { ! grep .; }
EOT

it 'a page for every command and kind is readable as text' <<'EOT'
    for page in "$B"/man/*.[1-8]; do
        mandoc -T ascii "$page" | perl -pe '1 while s/.\x08//g' >"$OUT"
        has DESCRIPTION
        ! grep -q '@[A-Z-]*@' "$OUT"
    done
EOT

it 'setup is silent when everything is there, and names what is not' <<'EOT'
    out sh "$SRC/.ci/setup" --look build
    silent
    mkdir bin
    for tool in sh env awk sed sort tr id cat grep ls; do ln -s "$(command -v $tool)" bin/; done
    status=0
    env -i PATH="$PWD/bin" sh "$SRC/.ci/setup" --look build >"$OUT" 2>"$ERR" || status=$?
    [ $status -eq 1 ]
    err_has 'apt-get install'
    err_has libgit2-dev
    err_has 'dnf install'
    err_has 'pacman -S'
    err_has 'brew install'
EOT

finish
