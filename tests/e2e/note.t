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

it 'finds lines of journals by their day and their parts' <<'EOT'
    project
    file j.ini <<'END'
[resource li.wei]
title = Li Wei

[task T-1]
title = a

[task T-2]
title = b

[timesheet li.wei]
2026-03-04 = T-1 6h
             T-2 2h 评审
2026-03-05 = T-1 8h

[note T-1]
2026-03-04 = li.wei: 周五到位
2026-03-09 = later
END
    out pmt timesheet date=2026-03-05.. --format csv
    rows <<'END'
kind,id,date,task,work,text
timesheet,li.wei,2026-03-05,T-1,480,T-1 8h
END
    out pmt timesheet task=T-2 'work < 3h' --columns work
    lines 3
    has 2h
    out pmt timesheet --sort -work -n 1
    has 'T-1 8h'
    lines 3
    out pmt timesheet --group task
    has 'T-2 2h'
    out pmt note date=..2026-03-05
    has 周五到位
    lacks later
    out pmt note who=li.wei
    lines 3
    out pmt note text:later
    lines 3
    exits 2 pmt timesheet set li.wei work=3h
    err_has computed
    exits 2 pmt timesheet dat=2026-03
    err_has "did you mean 'date'"
EOT

finish
