#!/bin/sh
# Attacks on the meter: what a change seems to cost, and against what it is measured.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'attack: salami, every slice below the limit' <<'EOT'
    guarded
    # 50 days at 1,000: each slice is 3 days, 6 %; the second passes 10 %.
    approved task set T-4 effort=13d
    land
    accepted
    approved task set T-4 effort=16d
    land
    refused approval-missing money
    restore
    sign wang.fang approve
    land
    accepted
EOT

it 'attack: eight slices in one push' <<'EOT'
    guarded
    for effort in 11 12 13 14 15 16 17 18; do
        approved task set T-4 effort=${effort}d
        land
    done
    refused approval-missing money
EOT

it 'attack: the baseline moved to set the meter back' <<'EOT'
    guarded
    approved task set T-4 effort=14d
    land
    accepted
    # Two of admin are root; the meter belongs to the approvers of money as well.
    git switch -q main
    pmt change add rebase >/dev/null 2>&1
    id=$(git branch --show-current | cut -c 8-)
    pmt -q baseline freeze 2 >/dev/null
    git add -A
    git commit -q -m freeze
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    refused approval-missing money
    restore
    sign zhang.min approve
    sign li.wei approve
    sign wang.fang approve
    land
    accepted
EOT

it 'attack: a baseline whose figures are not those of the plan' <<'EOT'
    guarded
    pmt change add lie >/dev/null 2>&1
    id=$(git branch --show-current | cut -c 8-)
    pmt -q baseline freeze 2 >/dev/null
    sed -i '/^cost/!s/\(T-4 .* \)10d 10000 /\120d 20000 /; s/^\(cost *= \).*/\1200000 CNY/' baselines/2.ini
    git add -A
    git commit -q -m lie
    sign chen.jie submit
    for person in gao.yuan ma.chao zhang.min li.wei wang.fang; do sign $person approve; done
    land
    refused baseline-untrue
EOT

it 'attack: another baseline named the current one' <<'EOT'
    guarded
    pmt -q project set baseline=
    commit none
    refused uncovered
EOT

it 'attack: a net-zero swap between tasks' <<'EOT'
    guarded
    change task set T-3 effort=25d
    pmt -q task set T-2 effort=5d
    commit swap
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    refused approval-missing money
EOT

it 'attack: done, raised, and not done again' <<'EOT'
    guarded
    pmt -q task set T-4 status=done progress=100% actual_start=2026-03-02 actual_finish=2026-03-10
    commit done
    accepted
    approved task set T-4 effort=40d
    land
    refused approval-missing money
    # Nor does it help to give the facts in the same change.
    restore
    change task set T-1 effort=60d status=done progress=100% actual_start=2026-03-02 actual_finish=2026-03-03
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    refused approval-missing money
EOT

it 'attack: units that rescale what nobody touched' <<'EOT'
    guarded
    for setting in hours_per_day=4 days_per_week=7 days_per_month=30 currency=USD engine=2 format=2; do
        pmt -q project set $setting 2>/dev/null || sed -i "/^format/a ${setting%%=*} = ${setting#*=}" pmt.ini
        commit unit
        refused '' ''
        restore
    done
EOT

it 'attack: an exchange rate' <<'EOT'
    guarded
    printf '\n[rate USD]\nvalue = 7.2\n' >>pmt.ini
    commit rate
    refused uncovered
EOT

it 'attack: calendar, rate, leave, capacity: what feeds dates and cost by a detour' <<'EOT'
    guarded
    # The rules protect no calendar; the meter sees what one does.
    printf '[calendar slow]\nweek = mon 09:00-10:00\n' >calendars.ini
    sed -i '/^name/a calendar = slow' pmt.ini
    commit slow
    refused uncovered money
    restore
    sed -i 's|1000 CNY/d|9000 CNY/d|' people.ini
    commit rates
    refused uncovered money
    restore
    pmt -q resource set li.wei leave=2026-03-02..2026-12-31
    commit leave
    refused uncovered money
EOT

it 'attack: files taken out by include and exclude' <<'EOT'
    guarded
    sed -i '/^name/a exclude = policy.ini' pmt.ini
    commit exclude
    refused uncovered
    restore
    sed -i '/^name/a include = pmt.ini, people.ini, plan.ini, requirements.ini, baselines/*' pmt.ini
    commit include
    refused uncovered
EOT

it 'attack: an overlay that brings other rates and policies' <<'EOT'
    guarded
    sed -i '/^name/a overlay = ../finance' pmt.ini
    commit overlay
    refused uncovered
EOT

it 'attack: beyond the ceilings that were signed' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    for event in 1-chen.jie-submit 2-zhang.min-approve 3-li.wei-approve; do
        who=${event#*-}
        forge $event ${who%-*} ceiling_cost=1.0000
    done
    land
    refused ceiling-exceeded
EOT

it 'attack: a delta that states less than it does' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    pmt -q task set T-3 depends=
    commit more
    land
    refused uncovered 'task T-3 depends'
EOT

it 'attack: a giant change' <<'EOT'
    guarded
    pmt change add giant >/dev/null 2>&1
    id=$(git branch --show-current | cut -c 8-)
    for i in $(seq 10 80); do printf '\n[task T-%d]\ntitle  = %d\neffort = 1d\n' $i $i; done >>plan.ini
    commit many
    sign chen.jie submit
    for person in zhang.min li.wei wang.fang; do sign $person approve; done
    land
    refused 'pmt.limit.records'
    restore
    # A file beyond the limit cannot be judged either.
    git -C ../server.git config pmt.limit.blob 20000
    { printf '; '; head -c 30000 /dev/zero | tr '\0' x; echo; } >>plan.ini
    commit large
    refused 'pmt.limit.blob'
EOT

it 'attack: more commits than are read' <<'EOT'
    guarded
    git -C ../server.git config pmt.limit.commits 3
    for i in 1 2 3 4; do git commit -q --allow-empty -m $i; done
    refused 'pmt.limit.commits'
EOT

finish
