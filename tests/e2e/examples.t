#!/bin/sh
# The projects in examples/ are whole: they check, schedule and show, in both languages and every format.
. "${0%/*}/lib.sh"

yibao() {
    cp -R "$SRC/examples/yibao" .
    cd yibao
}

it 'hello checks and schedules' <<'EOT'
    cp -R "$SRC/examples/hello" .
    cd hello
    [ "$(grep -c . pmt.ini)" -eq 10 ]
    out pmt check --strict
    out pmt schedule
    has 2026-03-06
    out pmt gantt
    out pmt report status
EOT

it 'yibao has neither error nor warning' <<'EOT'
    yibao
    out pmt check --strict
    silent
EOT

it 'yibao is as large as it says' <<'EOT'
    yibao
    count() { pmt "$@" --format json | jq '.records | length'; }
    [ "$(count task)" -ge 150 ]
    [ "$(count resource type=person)" -eq 25 ]
    [ "$(count team)" -eq 6 ]
    [ "$(count risk)" -eq 25 ]
    [ "$(count stakeholder)" -eq 15 ]
    [ "$(count requirement)" -eq 40 ]
    for kind in objective account cost contract payment issue decision metric meeting test deliverable release; do
        [ "$(count $kind)" -gt 3 ]
    done
EOT

it 'yibao finishes when it says, whatever the day' <<'EOT'
    yibao
    out pmt schedule --format json
    json '[.records[] | select(.id == "T-156") | .finish[0:10]] == ["2027-03-17"]'
    cp "$OUT" ../first
    PMT_NOW=2027-01-15
    out pmt schedule --format json
    jq 'del(.now)' ../first > ../a
    jq 'del(.now)' "$OUT" > ../b
    cmp ../a ../b
EOT

it 'every hospital is taken in: 3 in the pilot, 20, 60, 97 and 120 in batches' <<'EOT'
    yibao
    out pmt task 'title:接入' --columns title --format csv
    sum=$(sed -n 's/.*市 \([0-9]*\) 家接入.*/\1/p' "$OUT" | awk '{ n += $1 } END { print n }')
    [ $((sum + 20 + 3)) -eq 300 ]
EOT

it 'people, calendars and accounts that the plan names exist, and every task that costs has an account' <<'EOT'
    yibao
    out pmt task 'effort > 0d and not children' --columns id,account --format json
    json 'all(.records[]; .account != null)'
EOT

it 'the calendar knows the make-up days of 2024 to 2026' <<'EOT'
    yibao
    for day in 2024-02-04 2024-10-12 2025-01-26 2025-09-28 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10; do
        grep -q "^\(workday = \| *\)$day 补" calendars.ini
    done
    grep -q MIT calendars.ini
    [ -s HOLIDAY-CN-LICENSE ]
EOT

it 'yibao fits terminals of 80 and 200 columns, in Chinese and in English' <<'EOT'
    yibao
    for width in 80 200; do
        COLUMNS=$width
        export COLUMNS
        for lang in zh_CN en; do
            for what in "task" "gantt" "wbs" "schedule" "risk" "status" "report status"; do
                out pmt --lang $lang $what
                widest $width
            done
        done
    done
EOT

it 'the baseline shows the slip of the pilot' <<'EOT'
    yibao
    out pmt task id=T-30 --columns id,baseline_finish,finish,finish_variance --format json
    json '.records[0] | .baseline_finish[0:10] == "2026-06-11" and .finish[0:10] == "2026-06-30" and .finish_variance > 9 * 480'
EOT

it 'the report and the chart are made as in the CI files' <<'EOT'
    yibao
    mkdir public
    out pmt report status -o public/index.html
    out pmt gantt -o public/gantt.svg
    pmt task --format json > public/tasks.json
    jq -e '.records | length >= 150' public/tasks.json
    xmllint --noout public/gantt.svg
    grep -q 试点验收 public/index.html
EOT

it 'the CI files run commands that exist' <<'EOT'
    cp -R "$SRC/examples/yibao" pm # a repository of code with its project in pm/
    for ci in "$SRC/examples/ci/gitlab-ci.yml" "$SRC/examples/ci/github-actions.yml"; do
        grep -o 'pmt -C "$PROJECT" .*' "$ci" > commands
        [ "$(wc -l < commands)" -ge 5 ]
        rm -rf public
        mkdir public
        while read -r line; do
            PROJECT=pm sh -c "$line"
        done < commands
        [ -s public/index.html ]
        [ -s public/gantt.svg ]
        [ -s public/tasks.json ]
        ! grep -q '	' "$ci"
    done
EOT

it 'yibao in git answers from the commit as from the files' <<'EOT'
    yibao
    git init -q .
    commit start
    pmt schedule --format json > ../a
    jq "del(.now, .at)" ../a > ../files
    pmt --at HEAD --now 2026-06-10 schedule --format json > ../b
    jq "del(.now, .at)" ../b > ../commit
    cmp ../files ../commit
EOT

it 'one edit changes one line' <<'EOT'
    yibao
    git init -q .
    commit start
    pmt task set T-85 effort=20d
    [ "$(git diff --numstat | awk '{ print $1, $2 }')" = '1 1' ]
    out pmt check --strict
EOT

it 'tells programs the same in either language' <<'EOT'
    yibao
    for command in status 'report status' 'risk due' charter 'objective check' 'requirement trace' gate alert raci 'issue list' 'check --method dengbao'; do
        for format in json csv; do
            pmt --lang en $command --format $format >en 2>/dev/null || true
            pmt --lang zh_CN $command --format $format >zh 2>/dev/null || true
            same en zh
        done
    done
    [ -s en ]
EOT

finish
