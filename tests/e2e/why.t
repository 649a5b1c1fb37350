#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project
    file people.ini <<'END'
[resource an]
title = 安娜
[resource bo]
leave = 2026-03-02..2026-03-06
END
    file plan.ini <<'END'
[task T-1]
title  = 设计
effort = 3d
assign = an

[task T-2]
title    = 评审
effort   = 2d
assign   = an
priority = 100

[task T-3]
title   = 部署
effort  = 1d
assign  = bo
depends = T-1

[task T-4]
title     = 上线
milestone = yes
depends   = T-2, T-3
END
}

it 'tells the chain back to the start' <<'EOT'
    plan
    out pmt why T-2
    has 'an is busy with T-1 until 2026-03-04 18:00'
    has 'the project starts then'
    widest 100
EOT

it 'gives programs the chain' <<'EOT'
    plan
    out pmt why T-4 --format json
    json '.records | map(.id) == ["T-4", "T-3", "T-1"]'
    json '.records[0].reason == "link" and .records[0].by == "T-3"'
    json '.records[1].because == "it follows T-1 (FS), and bo is off until 2026-03-09 09:00"'
    silent
EOT

it 'says what would make it earlier, and leaves the plan alone' <<'EOT'
    plan
    out pmt why T-2 --late --format json
    json '.summary.wait == 1440 and .summary.start == "2026-03-05T09:00"'
    json '.changes[0].change == "other_person" and .changes[0].gain == 1440 and .changes[0].start == "2026-03-02T09:00"'
    json '.changes[1].change == "half_work" and .changes[1].task == "T-1" and .changes[1].gain == 720'
EOT

it 'names the link that holds the start, wherever it stands' <<'EOT'
    file pmt.ini <<'END'
[project]
name = X
start = 2026-11-23
END
    file plan.ini <<'END'
[task T-1]
duration = 5d
[task T-2]
duration = 6d
[task T-3]
duration = 6d
depends = T-1, T-2 FF+2d
[task T-4]
duration = 6d
depends = T-2 FF+2d, T-1
[task T-5]
duration = 1d
depends = T-1 FF+2d, T-2
[task T-6]
duration = 1d
depends = T-2, T-1 FF+2d
END
    out pmt why T-3 --late --format json
    json '.records[0].by == "T-1"'
    json '.changes[0].change == "no_link" and .changes[0].gain == 1440'
    out pmt why T-4 --format json
    json '.records[0].by == "T-1"'
    out pmt why T-5 --format json
    json '.records[0].by == "T-1"'
    out pmt why T-6 --format json
    json '.records[0].by == "T-1"'
EOT

it 'says who is not there yet when the project starts, and what somebody else would gain' <<'EOT'
    file pmt.ini <<'END'
[project]
name = X
start = 2026-11-23
END
    file plan.ini <<'END'
[resource an]
leave = 2026-11-25..2026-12-02 trip
[resource bo]
available_from = 2026-11-30
[task T-1]
effort = 2d
assign = bo
[task T-2]
duration = 2d
[task T-3]
effort = 2d
assign = an
depends = T-2
END
    out pmt why T-1 --late --format json
    json '.records | map([.id, .because, .resource]) == [["T-1", "bo is off until 2026-11-30 09:00", "bo"]]'
    json '.changes | map([.change, .gain]) == [["other_person", 2400]]'
    out pmt why T-2 --format json
    json '.records[0].because == "the project starts then" and .records[0].resource == null'
    out pmt why T-3 --late --format json
    json '.records[0].resource == "an"'
    json '.changes | map([.change, .gain]) == [["no_link", 3840], ["half_work", 3360], ["other_person", 2880]]'
    out pmt schedule --format json
    json '.records[2].start == "2026-12-03T09:00"'
EOT

it 'wants one task that exists' <<'EOT'
    plan
    exits 2 pmt why
    exits 2 pmt why T-9
    err_has T-9
EOT

it 'speaks Chinese' <<'EOT'
    plan
    out pmt why T-2 --lang zh_CN
    has 'an 忙于 T-1，直到 2026-03-04 18:00'
EOT

finish
