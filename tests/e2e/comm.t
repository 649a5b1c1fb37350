#!/bin/sh
. "${0%/*}/lib.sh"

# 2026-06-10 is a Wednesday.
it 'says what is owed this week and what is late' <<'EOT'
    project
    file stakeholders.ini <<'END'
[stakeholder a]
title = A
communication = monday report; email; weekly mon
                weekly report; email; 每周
                monthly report; 邮件; monthly 30
                quarter; letter; quarterly
                notice； 公告； 上线前三天
END
    out pmt comm --format json
    json '[.records[] | [.what, .state, .due]] == [["monday report", "overdue", "2026-06-08"],
        ["weekly report", "due", "2026-06-12"], ["monthly report", "upcoming", "2026-06-30"],
        ["quarter", "upcoming", "2026-06-30"], ["notice", "occasion", null]]'
    out pmt comm due --format json
    json '[.records[].what] == ["monday report", "weekly report"]'
    out pmt --now 2026-06-30 comm due --format json
    json '[.records[].what] == ["monday report", "monthly report", "quarter", "weekly report"]'
EOT

it 'goes by the status date, when the project has one' <<'EOT'
    project status_date=2026-06-10
    pmt stakeholder add a title=A communication='report; email; weekly mon'
    out pmt --now 2026-11-21 comm --format json
    json '.records[0] | [.state, .due] == ["overdue", "2026-06-08"]'
EOT

it 'goes by the calendar: what falls on a holiday is owed on the working day before it' <<'EOT'
    project calendar=cn
    file cal.ini <<'END'
[calendar cn]
holiday = 2026-06-12 day off
END
    pmt stakeholder add a title=A communication='report; email; weekly'
    out pmt comm --format json
    json '.records[0] | [.state, .due] == ["due", "2026-06-11"]'
    out pmt --now 2026-06-12 comm --format json
    json '.records[0].state == "overdue"'
EOT

it 'what is told is kept under the status date' <<'EOT'
    project status_date=2026-06-10
    pmt stakeholder add a title=A communication='report; email; weekly'
    out pmt --now 2026-11-21 comm done a
    grep -q '2026-06-10 = report; email' notes/2026-06.ini
    out pmt --now 2026-11-21 comm due
    has 'nothing is owed this week'
    pmt --now 2026-11-21 comm done a --date 2026-06-03
    grep -q '2026-06-03 = report; email' notes/2026-06.ini
EOT

it 'is done when a note or a meeting says so' <<'EOT'
    project
    pmt stakeholder add a title=A communication='report; email; weekly'
    pmt stakeholder add b title=B communication='talk; meeting; weekly'
    out pmt comm done a report with figures
    grep -q 'report; email; with figures' notes/2026-06.ini
    pmt meeting add Talk date=2026-06-09 present=b
    out pmt comm due
    has 'nothing is owed this week'
    out pmt --now 2026-06-17 comm due
    has report
    has talk
EOT

it 'counts channels: n(n-1)/2, nobody twice' <<'EOT'
    project
    pmt resource add li.wei title='Li Wei'
    pmt resource add crane type=equipment
    for s in a b c d; do pmt stakeholder add $s; done
    pmt stakeholder add same resource=li.wei
    out pmt comm --format json
    json '.summary == {"people": 5, "channels": 10}'
EOT

it 'keeps only what is planned' <<'EOT'
    project
    pmt stakeholder add a title=A communication='report; email; weekly'
    pmt stakeholder set a communication+='letter; post; monthly'
    pmt stakeholder add b
    exits 2 pmt comm done a
    err_has 'report, letter'
    exits 2 pmt comm done a fax
    exits 2 pmt comm done b
    exits 2 pmt comm done
    exits 2 pmt comm done nobody
    out pmt comm done a letter --dry-run
    [ ! -e notes ]
EOT

finish
