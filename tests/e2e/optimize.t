#!/bin/sh
. "${0%/*}/lib.sh"

# Four tasks of two machines; by late starts they take 9 days, at best 8: B and C first.
plan() {
    project
    file people.ini <<'END'
[resource M]
type     = equipment
capacity = 2
END
    file plan.ini <<'END'
[task A]
duration = 2d
assign   = M x2

[task B]
duration = 3d
assign   = M

[task C]
duration = 3d
assign   = M

[task D]
duration = 3d
depends  = B
assign   = M x2
END
}

it 'finds the best order and proves it' <<'EOT'
    plan
    out pmt schedule --optimize=1000schedules --format json
    json '.summary | .finish == "2026-03-11T18:00" and .optimal and .lower_bound == .finish and .gap == 0 and .schedules >= 1'
EOT

it 'says the same twice, whatever the processors' <<'EOT'
    plan
    pmt schedule --optimize=500schedules --seed 7 --format json > one.json
    taskset 1 pmt schedule --optimize=500schedules --seed 7 --format json > two.json 2>/dev/null ||
        pmt schedule --optimize=500schedules --seed 7 --format json > two.json
    out cmp one.json two.json
EOT

it 'goes for a time, and tells how long on stderr' <<'EOT'
    plan
    out pmt schedule --optimize=50ms
    has 'lower bound'
    err_has 'no order is better'
    out pmt -q schedule --optimize=50ms
    silent
    out pmt --lang zh_CN schedule --optimize=50ms
    has '下界'
EOT

it 'saves the order, which later schedules follow, edits or not' <<'EOT'
    plan
    out pmt schedule --optimize=300schedules --save
    out cat schedule.ini
    has '[sequence]'
    has 'objective = finish'
    has 'tasks     = '
    out pmt check
    out pmt schedule --format json
    json '.summary.finish == "2026-03-11T18:00"'
    out pmt task add E duration=1d --id E
    out pmt schedule --format json
    json '.summary.finish == "2026-03-11T18:00"'
    out pmt task rm E
    out pmt task rename A AA
    out pmt check
    out pmt schedule --format json
    json '.summary.finish == "2026-03-11T18:00"'
    out pmt schedule --optimize=300schedules --save
    out cat schedule.ini
    has 'AA'
EOT

it 'serves every objective' <<'EOT'
    plan
    for objective in finish cost lateness levelled; do
        out pmt schedule --optimize=60schedules --objective $objective --format json
        json '.summary.finish == "2026-03-11T18:00"'
    done
EOT

it 'meets deadlines that the shortest finish would miss' <<'EOT'
    plan
    pmt task set A deadline=2026-03-03
    out pmt schedule --optimize=300schedules --objective lateness --format json
    json '[.records[] | select(.id == "A")][0].finish == "2026-03-03T18:00"'
    json '.summary.optimal'
EOT

it 'refuses what it does not understand' <<'EOT'
    plan
    exits 2 pmt schedule --optimize=soon
    err_has '20s'
    exits 2 pmt schedule --optimize=0s
    exits 2 pmt schedule --optimize=-5s
    exits 2 pmt schedule --optimize=1.5schedules
    exits 2 pmt schedule --optimize --objective speed
    exits 2 pmt schedule --optimize --seed x
    exits 2 pmt schedule --save
    exits 2 pmt schedule --optimize=10schedules --commit
EOT

it 'follows renamed tasks in a saved order, and passes over those that are gone' <<'EOT'
    plan
    out pmt schedule --optimize=60schedules --save
    out pmt task rename A Alpha
    grep -q 'Alpha' schedule.ini
    ! grep -qw 'A' schedule.ini
    pmt task rm --force Alpha
    out pmt check
    grep -q 'Alpha' schedule.ini
    out pmt schedule
EOT

it 'says before the search where nothing can be written' <<'EOT'
    plan
    exits 3 pmt schedule --optimize=9min -o none/plan.json
    err_has "there is no folder 'none'"
EOT

it 'optimises what has nothing to optimise' <<'EOT'
    project
    out pmt schedule --optimize=10schedules --format json
    json '.summary | .optimal and .tasks == 0'
EOT

finish
