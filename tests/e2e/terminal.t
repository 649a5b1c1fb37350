#!/bin/sh
# What a person at a terminal gets: colours, the pager, the width.
. "${0%/*}/lib.sh"

# Runs a command line with a terminal for its output; what it printed goes to $OUT.
terminal() { # columns command-line
    command -v script >/dev/null 2>&1 || skip no script
    TERM=xterm
    COLUMNS=$1
    export TERM COLUMNS
    script -qec "stty cols $1 rows 24 2>/dev/null; $2" /dev/null </dev/null | tr -d '\r' >"$OUT"
}
escape=$(printf '\033')

it 'colours a terminal, not with NO_COLOR or --color never' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B effort=3d depends=T-1
    terminal 100 'pmt --no-pager gantt'
    has "$escape"
    terminal 100 'NO_COLOR=1 pmt --no-pager gantt'
    lacks "$escape"
    terminal 100 'pmt --no-pager --color never gantt'
    lacks "$escape"
    terminal 100 'TERM=dumb pmt --no-pager gantt'
    lacks "$escape"
EOT

it 'is as wide as the terminal' <<'EOT'
    project
    pmt task add '医院接口联调与等保三级整改以及其余一切需要写进标题里的文字' effort=30d
    for width in 60 80 200; do
        terminal $width 'pmt --no-pager --color never gantt'
        widest $width
        [ -s "$OUT" ]
    done
EOT

it 'hands what is long to the pager, and obeys --no-pager' <<'EOT'
    project
    seq 0 39 | sed 's/.*/[task T-&]\ntitle = Task &/' >plan.ini
    printf '#!/bin/sh\ncat >"%s"\n' "$PWD/paged" >pager
    chmod +x pager
    PAGER="'$PWD/pager'"
    export PAGER
    terminal 100 'pmt task'
    [ -s paged ]
    grep -q 'Task 39' paged
    rm paged
    terminal 100 'pmt --no-pager task'
    [ ! -e paged ]
    has 'Task 39'
    pmt task >"$OUT"
    [ ! -e paged ]
EOT

it 'works when the pager is left early or is not there' <<'EOT'
    project
    seq 0 1999 | sed 's/.*/[task T-&]\ntitle = Task &/' >plan.ini
    terminal 100 'PAGER="head -n 1" pmt task; echo status=$?'
    has 'status=0'
    terminal 100 'PAGER=/nowhere/pager pmt task; echo status=$?'
    has 'Task 1999'
    has 'status=0'
EOT

finish
