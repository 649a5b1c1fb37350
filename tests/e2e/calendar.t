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

it 'pictures a year, in the terminal, as HTML and as SVG' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = yearly 05-01..05-03 劳动节
workday = 2026-05-09
END
    out pmt calendar 2026
    has ' 1× 2× 3×'
    has ' 9+'
    has '261 working days'
    widest 100
    out pmt calendar 2027
    has ' 1× 2×'
    pmt calendar 2026 -o year.svg
    grep -q '劳动节' year.svg
    pmt calendar 2026-05 -o month.html
    grep -q '<svg' month.html
    out pmt --lang zh_CN calendar 2026
    has '一 二'
    out pmt calendar 2026-05 --format json
    json '[.records[] | select(.exception)] | length == 4'
EOT

it "shows a person's working time with leave" <<'EOT'
    project
    file people.ini <<'END'
[resource li.wei]
title = 李伟
leave = 2026-05-06..2026-05-08 年假
        weekly fri 13:00-18:00 培训
END
    out pmt calendar li.wei 2026-05
    has 年假
    has 李伟
    has 培训
    out pmt calendar li.wei 2026-05 --format json
    json '[.records[] | select(.working == 0 and .weekday < 6)] | length == 3'
    json '[.records[] | select(.date == "2026-05-15")][0].hours == "09:00-12:00"'
EOT

it 'takes in an iCalendar file' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = 2026-01-01 元旦
END
    printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260506\r\nSUMMARY:劳动节（休）\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260509\r\nSUMMARY:劳动节（班）\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260510\r\nSUMMARY:母亲节\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >cn.ics
    exits 0 pmt calendar import cn.ics
    err_has '1 observances'
    grep -q '2026-05-01..2026-05-05 劳动节' calendars.ini
    grep -q '2026-05-09' calendars.ini
    grep -q '元旦' calendars.ini
    out pmt check
    cp calendars.ini once
    pmt calendar import cn.ics
    same calendars.ini once
    printf '[resource li.wei]\n' >people.ini
    printf 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Asia/Shanghai:20260506T130000\nDTEND;TZID=Asia/Shanghai:20260506T180000\nSUMMARY:体检\nEND:VEVENT\nEND:VCALENDAR\n' >leave.ics
    exits 0 pmt calendar import leave.ics --leave li.wei
    err_has '[import-dropped]'
    grep -q 'leave = 2026-05-06 13:00-18:00 体检' people.ini
    exits 2 pmt calendar import leave.ics --leave nobody
    exits 2 pmt calendar import leave.ics --leave li.wei --into cn
    printf 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' >empty.ics
    exits 3 pmt calendar import empty.ics
    printf 'BEGIN:VCALENDAR\nBEGIN:VEVENT\n' >cut.ics
    exits 3 pmt calendar import cut.ics
EOT

it 'takes in the calendars of a Microsoft Project file' <<'EOT'
    project
    cat >plan.xml <<'END'
<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Calendars>
<Calendar><UID>1</UID><Name>Night Shift</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
</WeekDays><Exceptions><Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>2026-05-04T00:00:00</FromDate><ToDate>2026-05-04T23:59:00</ToDate></TimePeriod><Name>off</Name><Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions></Calendar>
</Calendars></Project>
END
    exits 0 pmt calendar import plan.xml
    out pmt calendar list
    has Night
    out pmt calendar Night-Shift 2026-05 --format json
    json '[.records[] | select(.working > 0)] | length == 3 and .[0].hours == "22:00-24:00"'
    exits 0 pmt calendar import plan.xml
    grep -q 'calendar Night-Shift-2' calendars.ini
    exits 3 pmt calendar import pmt.ini
    echo '<Other/>' >other.xml
    exits 3 pmt calendar import other.xml
EOT

it 'takes hours off a holiday, and comes again by rule' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = 2026-12-31 13:00-18:00 提前下班
          monthly first mon from 2026-03-01 until 2026-04-30 盘点
END
    out pmt calendar 2026-12 --format json
    json '[.records[] | select(.date == "2026-12-31")][0] | .working == 180 and .hours == "09:00-12:00"'
    pmt task add A duration=1d
    out pmt task --format json
    json '.records[0].start == "2026-03-03T09:00"'
EOT

finish
