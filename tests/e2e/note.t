#!/bin/sh
. "${0%/*}/lib.sh"

it 'writes a note at a task' <<'EOT'
    project
    pmt task add A effort=3d
    out pmt note T-1 '与医院确认接口时间'
    out pmt check
    grep -rq '与医院确认接口时间' --include='*.ini' .
    out pmt note
    has T-1
    has '与医院确认接口时间'
EOT

it 'refuses a note at nothing' <<'EOT'
    project
    exits 2 pmt note T-9 hello
    err_has T-9
EOT

it 'says why a note is refused' <<'EOT'
    project
    pmt task add Alpha
    exits 2 pmt note T-1 "$(printf 'a\nb')"
    err_has "one line"
EOT

finish
