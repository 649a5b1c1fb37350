#!/bin/sh
. "${0%/*}/lib.sh"

log_of_issues() {
	repository
	file issues.ini <<'END'
[issue I-1]
title = 高危漏洞
type = vulnerability
severity = critical
score = 7.5
raised = 2026-05-01
due = 2026-06-05
owner = li
[issue I-2]
title = Worse hole
type = vulnerability
severity = critical
score = 9.8
raised = 2026-06-09
due = 2026-06-30
[issue I-3]
title = Settled
raised = 2026-05-01
resolved = 2026-05-05
status = closed
reopened = 1
[issue I-4]
title = Minor
raised = 2026-06-01
owner = li
[resource li]
[resource boss]
END
}

it 'age: groups and the open ones' <<'END'
	log_of_issues
	out pmt issue age --format json
	json '[.records[].id] == ["I-2","I-1","I-4"]'
	json '.records[1].age == 40 and .records[1].overdue == 5 and .records[0].overdue == null'
	json '.groups == [{"severity":"critical","open":2,"overdue":1,"to_7_days":1,"to_14_days":0,"to_30_days":0,"older":1,"oldest":40,"closed":0,"mean_days":null,"reopened":0},{"severity":"minor","open":1,"overdue":0,"to_7_days":0,"to_14_days":1,"to_30_days":0,"older":0,"oldest":9,"closed":1,"mean_days":4,"reopened":1}]'
	COLUMNS=80 out pmt issue age
	widest 80
	out pmt issue age --by owner
	has 'nobody'
	matches '^li +2'
	out pmt --lang zh_CN issue age
	has '逾期天数'
	out pmt issue age type=vulnerability --by type --format csv
	has 'I-1'
	lacks 'I-4'
	exits 2 pmt issue age --by colour
	exits 2 pmt issue age colour=red
	out pmt issue 'overdue > 3' 'age > 30' --format json
	json '[.records[].id] == ["I-1"]'
END

it 'rules escalate: at once, or after a time' <<'END'
	log_of_issues
	file rules.ini <<'R'
[rule late-critical]
of = issue
when = severity = critical and overdue
does = escalate
escalate_to = boss
[rule old]
of = issue
when = status = open and severity = minor
does = escalate
escalate_to = boss
after = 20d
R
	commit
	out pmt issue age --format json
	json '.records[1].escalates == "late-critical → boss"'
	json '.records[2].escalates == "old → boss (2026-06-26)"' # twenty working days
	json '.records[0].escalates == null'
	sed -i 's/after = 20d/after = 20ed/' rules.ini
	out pmt issue age --format json
	json '.records[2].escalates == "old → boss (2026-06-21)"' # days on the wall
	sed -i 's/after = 20ed/after = 20d/' rules.ini
	printf '[calendar cn]\nholiday = 2026-06-19 festival\n' >cal.ini
	sed -i 's/^\[project\]/[project]\ncalendar = cn/' pmt.ini
	out pmt issue age --format json
	json '.records[2].escalates == "old → boss (2026-06-29)"'
	out pmt check
END

it 'nothing there' <<'END'
	project
	out pmt issue age
	has 'no issue is open'
	out pmt issue age --format json
	json '.records == []'
END

finish
