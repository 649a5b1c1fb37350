#!/bin/sh
. "${0%/*}/lib.sh"

mspdi() {
    file plan.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project">
  <Name>plan.xml</Name><Title>医保平台</Title>
  <StartDate>2026-03-02T08:00:00</StartDate>
  <CalendarUID>1</CalendarUID>
  <MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>
  <Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>
    <WeekDays>
      <WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>
      <WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
      <WeekDay><DayType>3</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
      <WeekDay><DayType>4</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
      <WeekDay><DayType>5</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
      <WeekDay><DayType>6</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
      <WeekDay><DayType>7</DayType><DayWorking>0</DayWorking></WeekDay>
    </WeekDays></Calendar></Calendars>
  <Tasks>
    <Task><UID>0</UID><ID>0</ID><Name>医保平台</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>
    <Task><UID>1</UID><ID>1</ID><Name>建设</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
    <Task><UID>2</UID><ID>2</ID><Name>设计</Name><OutlineLevel>2</OutlineLevel><Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat></Task>
    <Task><UID>3</UID><ID>3</ID><Name>开发 &amp; 测试</Name><OutlineLevel>2</OutlineLevel><Duration>PT80H0M0S</Duration><DurationFormat>7</DurationFormat>
      <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
    <Task><UID>4</UID><ID>4</ID><Name>上线</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone><Duration>PT0H0M0S</Duration>
      <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type></PredecessorLink></Task>
  </Tasks>
</Project>
END
}

it 'takes in a plan of Microsoft Project' <<'EOT'
    mspdi
    mkdir plan
    cd plan
    out pmt import mspdi ../plan.xml
    out pmt check
    out pmt task --format json
    json '.records | length == 4'
    json '[.records[] | select(.title == "设计")][0] | .start == "2026-03-02T08:00" and .finish == "2026-03-06T17:00"'
    json '[.records[] | select(.title == "开发 & 测试")][0] | .start == "2026-03-10T08:00" and .finish == "2026-03-23T17:00"'
    json '[.records[] | select(.title == "上线")][0] | .finish == "2026-03-23T17:00"'
EOT

it 'refuses what is no plan and writes nothing' <<'EOT'
    printf '<Project><Tasks>' >bad.xml
    echo plan >bad.txt
    mkdir bad
    cd bad
    exits 3 pmt import mspdi ../bad.xml
    err_has bad.xml
    exits 3 pmt import mspdi nowhere.xml
    err_has nowhere.xml
    exits 2 pmt import ../bad.txt
    err_has mspdi
    [ -z "$(ls -A)" ]
EOT

it 'is not caught by entities' <<'EOT'
    cat >bomb.xml <<'END'
<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]>
<Project><Title>&h;</Title></Project>
END
    mkdir bad
    cd bad
    exits 3 timeout 10 pmt import mspdi ../bomb.xml
    [ -z "$(ls -A)" ]
EOT

it 'leaves a project that is there as it is, and adds to it' <<'EOT'
    mspdi
    project
    pmt task add 规划 effort=3d
    cp plan.ini before
    out pmt import mspdi plan.xml
    same plan.ini before
    out pmt check
    out pmt task --format json
    json '.records | length == 5'
    json '[.records[].id] | unique | length == 5'
    exits '1|5' pmt import mspdi --into . plan.xml
    err_has pmt.ini
    cp pmt.ini imported
    pmt undo
    out pmt undo --list --format json
    json '.records[0].takes_back == .records[1].number'
    pmt undo --redo
    same pmt.ini imported
EOT

it 'makes a project elsewhere with --into, nothing with --dry-run' <<'EOT'
    mspdi
    out pmt import mspdi --into new --dry-run plan.xml
    [ ! -e new/pmt.ini ]
    out pmt import --into new plan.xml
    out pmt -C new check
    out pmt -C new task --format json
    json '.records | length == 4'
EOT

it 'takes in a PSPLIB instance' <<'EOT'
    file tiny.sm <<'END'
************************************************************************
file with basedata            : tiny.bas
initial value random generator: 1
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0       7        0        7
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          1           2
   2        1          1           3
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     3       2
  3      1     4       1
  4      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
    2
************************************************************************
END
    mkdir tiny
    out pmt -C tiny import psplib "$PWD/tiny.sm"
    out pmt -C tiny check
    out pmt -C tiny schedule --format json
    json '.records | length >= 2'
EOT

finish
