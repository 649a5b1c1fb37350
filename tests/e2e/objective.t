#!/bin/sh
. "${0%/*}/lib.sh"

it 'says which letter is missing and why' <<'EOT'
    project
    file o.ini <<'END'
[resource li.wei]
[metric coverage]
unit = %
[metric bare]
[objective O-1]
title = Tested
text = Unit tests of the settlement engine cover four fifths of its lines
measures = coverage >= 80%
owner = li.wei
relevance = 合同 4.2
due = 2026-12-31
[objective O-2]
title = Vague
measures = bare >= much
           unknown >= 3
due = 2026-01-01
[objective O-3]
title = Child
description = Below the first
parent = O-1
measures = coverage ≥ 90
owner = li.wei
due = 2026-12-31
END
    exits 1 pmt objective check --format json
    json '[.records[] | [.specific, .measurable, .achievable, .relevant, .time_bound]] ==
        [[true,true,true,true,true], [false,false,false,false,false], [true,true,true,true,true]]'
    json '.records[1].missing | length == 7'
    exits 1 pmt objective check
    matches 'O-2 .*M .*unknown >= 3'
    has 'was due on 2026-01-01'
    out pmt objective check O-1 relevance:合同
EOT

it 'shows the way from the start to the target' <<'EOT'
    project
    file o.ini <<'END'
[metric coverage]
unit = %
baseline_value = 40
[metric time]
unit = s
[sample coverage]
2026-05-01 = 50
2026-06-01 = 60 halfway
2026-07-01 = 90
[sample time]
2026-06-01 = 2.5
[objective O-1]
title = Tested
measures = coverage >= 80%
[objective O-2]
title = Fast
measures = time < 3
[objective O-3]
title = Both
measures = coverage >= 80
           time <= 1
[objective O-4]
title = From its own start
start_value = 20
measures = coverage >= 120
END
    out pmt objective progress --format json
    json '[.records[] | [.id, .latest, .target, .progress]] == [["O-1", 60, 80, 50], ["O-2", 2.5, 3, 100],
        ["O-3", 60, 80, 50], ["O-3", 2.5, 1, null], ["O-4", 60, 120, 40]]'
EOT

it 'takes an owner without time as not achievable' <<'EOT'
    project 'levelling = no'
    file o.ini <<'END'
[resource li.wei]
[metric m]
unit = x
[task T-1]
duration = 20d
assign = li.wei
[task T-2]
duration = 20d
assign = li.wei
[objective O-1]
title = A
text = What
measures = m > 1
owner = li.wei
relevance = R
due = 2026-12-31
END
    exits 1 pmt --now 2026-03-03 objective check
    has 'li.wei is wanted for more'
    pmt objective set O-1 achievable='Two more people join'
    out pmt --now 2026-03-03 objective check
EOT

finish
