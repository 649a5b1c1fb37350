#!/bin/sh
. "${0%/*}/lib.sh"

it 'shows a month' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = 2026-02-16..2026-02-23 春节
workday = 2026-02-14, 2026-02-28
END
    out pmt calendar show cn 2026-02
    has 春节
    has 28
    widest 100
EOT

it 'takes in the holidays of a year' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week = mon-fri 09:00-12:00 13:00-18:00
END
    file 2026.json <<'END'
{
    "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json",
    "$id": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/2026.json",
    "year": 2026,
    "papers": ["https://www.gov.cn/"],
    "days": [
        {"name": "元旦", "date": "2026-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2026-01-02", "isOffDay": true},
        {"name": "元旦", "date": "2026-01-04", "isOffDay": false}
    ]
}
END
    out pmt calendar import 2026.json
    out pmt check
    out pmt calendar show cn 2026-01
    has 元旦
    grep -q '2026-01-04' calendars.ini
    cp calendars.ini once
    pmt calendar import 2026.json
    same calendars.ini once
EOT

it 'refuses what is no holiday list' <<'EOT'
    project
    echo '{"days": 3}' >bad.json
    cp pmt.ini before
    if pmt calendar import bad.json >"$OUT" 2>"$ERR"; then false; fi
    err_has bad.json
    same pmt.ini before
EOT

it 'gives the days of a month to programs, a year to all' <<'EOT'
    project 'calendar = alt'
    file calendars.ini <<'END'
[calendar cn]
week = mon-fri 09:00-12:00 13:00-18:00
holiday = 2026-03-09..2026-03-10 停工
[calendar alt]
base = cn
week_odd = mon-sat 09:00-12:00 13:00-18:00
END
    out pmt calendar 2026-03 --format json
    json '.records | length == 31'
    json '.records[8] == {date: "2026-03-09", weekday: 1, working: 0, exception: true, hours: "", remark: "停工"}'
    json '.records[13] | .date == "2026-03-14" and .working == 480 and (.exception | not)'
    json '.records[6].working == 0'
    out pmt calendar cn 2026-03
    has '20 working days, 160 hours'
    out pmt calendar cn --year
    has 2026-12
    out pmt calendar list
    has alt
    exits 2 pmt calendar nosuch
    exits 2 pmt calendar 2026-13
EOT

it 'makes the calendar when there is none' <<'EOT'
    project
    echo '{"year": 2026, "papers": [], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}' >2026.json
    out pmt calendar import 2026.json
    err_has 'calendar=cn'
    pmt project set calendar=cn
    out pmt calendar 2026-01
    has 元旦
    out pmt calendar import --into own 2026.json
    out pmt calendar list
    has own
    out pmt check
    echo '{"year": 2027, "papers": [], "days": []}' >2027.json
    exits 3 pmt calendar import 2027.json
    err_has 2027.json
EOT

it 'keeps comments and other years when it takes in a year' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
; agreed with the customer
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = 2025-10-01..2025-10-08 国庆
          2026-01-01 old
          2027-01-01 later
END
    echo '{"year": 2026, "papers": [], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}' >2026.json
    out pmt calendar import 2026.json
    grep -q 'agreed with the customer' calendars.ini
    grep -q '2025-10-01..2025-10-08 国庆' calendars.ini
    grep -q '2027-01-01 later' calendars.ini
    grep -q '2026-01-01 元旦' calendars.ini
    ! grep -q old calendars.ini
EOT

it 'takes in no year that has a bad day' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week = mon-fri 09:00-12:00 13:00-18:00
horizon = 2026-12-31
END
    cp calendars.ini before
    for day in '{"date": "2027-02-30", "isOffDay": true}' '{"date": "2027-02-03T00:00", "isOffDay": true}' \
        '{"date": "2027-02-03"}' '{"date": "2027-02-03", "isOffDay": "no"}'; do
        printf '{"year": 2027, "days": [%s]}' "$day" >2027.json
        exits 3 pmt calendar import 2027.json
        err_has '2027.json: day 1'
        err_has 2027-02-
        err_has expected
        same calendars.ini before
        exits 3 pmt calendar import --into new 2027.json
        same calendars.ini before
    done
EOT

finish
