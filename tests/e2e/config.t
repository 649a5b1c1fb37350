#!/bin/sh
. "${0%/*}/lib.sh"

it 'reads and writes git configuration' <<'EOT'
    repository
    out pmt config commit auto
    [ "$(git config pmt.commit)" = auto ]
    out pmt config commit
    is <<'END'
auto
END
    out pmt config
    has commit
EOT

it 'lets the environment win over git, and the line over both' <<'EOT'
    repository
    git config pmt.color always
    out pmt task
    PMT_COLOR=never
    export PMT_COLOR
    out pmt task
    ! grep -q "$(printf '\033')" "$OUT"
EOT

it 'commits by itself with commit auto' <<'EOT'
    repository
    pmt config commit auto
    pmt task add A effort=3d
    [ -z "$(git status --porcelain)" ]
    [ "$(git rev-list --count HEAD)" = 2 ]
EOT

it 'keeps views' <<'EOT'
    repository
    out pmt config view.mine 'status=doing'
    pmt task add A status=doing
    pmt task add B
    out pmt task @mine --format csv --columns title
    rows <<'END'
kind,id,title
task,T-1,A
END
EOT

it 'runs aliases and commands on PATH' <<'EOT'
    repository
    pmt task add A
    git config pmt.alias.td 'task --format csv --columns title'
    out pmt td
    has 'T-1,A'
    mkdir bin
    printf '#!/bin/sh\necho "root=$PMT_ROOT args=$*"\n' >bin/pmt-hello
    chmod +x bin/pmt-hello
    PATH=$PWD/bin:$PATH
    out pmt hello a b
    has 'args=a b'
    has "root=$PWD"
EOT

it 'an unset setting is nothing' <<'EOT'
    repository
    exits '1|2' pmt config nothing.here
    [ ! -s "$OUT" ]
EOT

finish
