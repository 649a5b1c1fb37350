#!/bin/sh
. "${0%/*}/lib.sh"

it 'lists what trips with its value, worst first' <<'EOT'
    project
    file q.ini <<'END'
[metric coverage]
title = Coverage
unit = %
warn = 85
fail = 80
[sample coverage]
2026-05-25 = 86
2026-06-01 = 84
2026-06-08 = 83
[issue I-1]
title = broken
[issue I-2]
title = bad
[rule many]
title = Many issues
when = open_issues >= 2
severity = error
[rule off]
when = open_issues >= 1
enabled = no
END
    out pmt alert
    matches 'error .*Many issues +2'
    matches 'warning .*coverage .*83 % +85 +2026-06-01'
    lacks off
    out pmt alert --format json
    json '[.records[] | .severity] == ["error", "warning"]'
    json '.records[1] | .id == "coverage" and .since == "2026-06-01" and .days == 9 and .since_exact == true'
    out pmt alert --severity error --format json
    json '.records | length == 1'
    out pmt alert many --format json
    json '[.records[].rule] == ["many"]'
EOT

it 'tells since which commit it has held' <<'EOT'
    repository
    file q.ini <<'END'
[rule blocked]
of = task
when = status = blocked
[task T-1]
title = a
END
    commit one
    pmt task set T-1 status=blocked
    GIT_COMMITTER_DATE='2026-06-03T09:00:00+0800' GIT_AUTHOR_DATE='2026-06-03T09:00:00+0800' git commit -qam 'blocked it'
    pmt task set T-1 title=b
    GIT_COMMITTER_DATE='2026-06-05T09:00:00+0800' git commit -qam other
    out pmt alert --format json
    json '.records | length == 1'
    json '.records[0] | .id == "T-1" and .since == "2026-06-03" and .since_exact == true'
    [ "$(jq -r '.records[0].commit' "$OUT")" = "$(git rev-parse --short=7 HEAD~1)" ]
    out pmt alert --no-since --format json
    json '.records[0].since == null'
EOT

it 'what is not committed holds since today, what the calendar brings since its day' <<'EOT'
    repository
    file q.ini <<'END'
[rule review]
of = risk
when = review < today
[risk R-1]
title = r
review = 2026-06-04
[risk R-2]
title = s
review = 2026-07-04
END
    commit one
    pmt risk set R-2 review=2026-06-01
    out pmt alert --format json
    json '[.records[] | [.id, .since]] == [["R-1", "2026-06-05"], ["R-2", "2026-06-10"]]'
EOT

it 'says when a hit goes to whom' <<'EOT'
    project
    file q.ini <<'END'
[resource li.wei]
title = Li Wei
[metric speed]
direction = down
fail = 5
[sample speed]
2026-06-01 = 9
[rule slow]
when = speed > 5
does = escalate
escalate_to = li.wei
after = 3d
END
    out pmt alert --format json
    json '.records[0] | .escalate_to == "li.wei" and .escalates == "2026-06-03"' # three working days
EOT

it 'goes on without a schedule, and says so' <<'EOT'
    project
    file q.ini <<'END'
[task T-1]
depends = T-2
[task T-2]
depends = T-1
[rule slip]
when = slip > 1d
[issue I-1]
title = x
[rule issue]
when = open_issues > 0
END
    out pmt alert
    has open_issues
    err_has 'no schedule'
EOT

it 'nothing trips' <<'EOT'
    project
    out pmt alert
    has 'nothing trips'
    exits 2 pmt alert nobody
    err_has "no rule 'nobody'"
    exits 2 pmt alert --severity bad
EOT

it 'a rule that cannot be read is found by check' <<'EOT'
    project
    file q.ini <<'END'
[rule bad]
when = lates_tasks > 0
[rule worse]
of = task
when = colour = red
END
    exits 1 pmt check
    has "did you mean 'late_tasks'?"
    has 'colour'
    out pmt alert
    err_has "rule 'bad' cannot be read"
EOT

finish
