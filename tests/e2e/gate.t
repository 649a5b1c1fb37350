#!/bin/sh
. "${0%/*}/lib.sh"

it 'says which rule, metric and checklist stop a gate, and exits 1' <<'EOT'
    project
    file quality.ini <<'END'
[metric coverage]
unit = %
fail = 80
gate = release, pilot
[sample coverage]
2026-06-08 = 78.4
[metric defects]
direction = down
warn = 0.5
fail = 1
gate = release
[sample defects]
2026-06-08 = 0.6
[checklist go-live]
gate = release
items = [x] backup
        [ ] drill
        [-] rollback
[issue I-1]
title = broken
severity = critical
[rule broken]
of = issue
when = severity = critical and status = open
severity = error
does = gate
gate = release
message = no critical issue may be open
END
    exits 1 pmt gate release
    has 'gate release: stops'
    has '78.4'
    has 'no critical issue may be open'
    has '2 of 3 done'
    has 'open: drill'
    matches 'warns: defects'
    exits 1 pmt gate release --format json
    json '.gates == [{"name": "release", "verdict": "stops"}]'
    json '[.records[] | .verdict] == ["stops", "stops", "stops", "warns"]'
    json '.records[] | select(.id == "coverage") | .value == 78.4 and .threshold == 80'
    json '.records[] | select(.id == "broken") | .value == "I-1: severity critical, status open"'
    # The other gate knows nothing of those.
    exits 1 pmt gate pilot --format json
    json '[.records[].id] == ["coverage"]'
EOT

it 'opens when nothing is against it' <<'EOT'
    project
    pmt metric add coverage unit=% fail=80 warn=85 gate=release
    pmt metric record coverage 80
    out pmt gate release
    has 'gate release: warns'
    pmt metric record coverage 85
    out pmt gate
    has 'gate release: passes'
EOT

it 'what cannot be told does not pass' <<'EOT'
    project
    pmt metric add coverage unit=% fail=80 gate=release
    exits 3 pmt gate release
    has 'never measured'
    exits 2 pmt metric set coverage fail=
    err_has gate-threshold
    sed '/^fail/d' metrics.ini > less && mv less metrics.ini
    exits 1 pmt check
    has gate-threshold
    pmt --now 2026-06-09 metric record coverage 80
    exits 3 pmt gate release
    has 'neither fail nor target nor warn'
EOT

it 'a rule whose measure has no value leaves the gate shut' <<'EOT'
    project
    file q.ini <<'END'
[metric speed]
[rule slow]
when = speed > 3
severity = error
does = gate
gate = go
END
    exits 3 pmt gate go
    has "'speed' has no value"
    pmt metric record speed 2
    out pmt gate go
    pmt metric record speed 4
    exits 1 pmt gate go
    has 'speed 4'
EOT

it 'exit rules must hold of every record' <<'EOT'
    project
    file q.ini <<'END'
[requirement REQ-1]
status = accepted
[requirement REQ-2]
status = approved
[rule done]
of = requirement
when = status = accepted
severity = error
does = exit
gate = acceptance
END
    exits 1 pmt gate acceptance
    has 'REQ-2'
    lacks 'REQ-1'
    pmt requirement set REQ-2 status=accepted
    out pmt gate acceptance
EOT

it 'a second metric of the same name, or a sample that is no number, does not open it' <<'EOT'
    project
    file quality.ini <<'END'
[metric coverage]
fail = 80
gate = release
[sample coverage]
2026-06-01 = 81
2026-06-08 = 79,5
END
    exits 3 pmt gate release
    has 'a sample cannot be read'
    sed -i 's/79,5/79.5/' quality.ini
    exits 1 pmt gate release
    has 'coverage: 79.5, threshold 80 (measured on 2026-06-08)'
    printf '[metric Coverage]\nfail = 70\ngate = release\n' >all.ini
    exits 3 pmt gate release
    err_has 'stands twice'
    [ ! -s "$OUT" ]
EOT

it 'old values warn' <<'EOT'
    project
    pmt metric add coverage unit=% fail=80 gate=release
    pmt metric record coverage 90 --date 2026-05-01
    out pmt gate release
    has 'too long ago'
EOT

it 'names the nearest gate, and says when there is none' <<'EOT'
    project
    out pmt gate
    has 'there is no gate'
    pmt metric add coverage fail=80 gate=release
    exits 2 pmt gate relase
    err_has "did you mean 'release'?"
EOT

it 'is the same in Chinese' <<'EOT'
    project
    pmt metric add coverage unit=% fail=80 gate=release
    pmt metric record coverage 70
    exits 1 pmt --lang zh_CN gate release
    has '关口 release'
EOT

finish
