-- What happens to a case after its forward: steps, answers, tasks.

-- An extension and its bound; the entry in the official's calendar; an objection reopens once.
ALTER TABLE cases ADD COLUMN extended_on TEXT
	CHECK (extended_on IS NULL OR extended_on IS date(extended_on));
ALTER TABLE cases ADD COLUMN extended_max TEXT
	CHECK (extended_max IS NULL OR extended_max IS date(extended_max));
ALTER TABLE cases ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0);
ALTER TABLE cases ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0 CHECK (reopened IN (0, 1));
ALTER TABLE cases ADD COLUMN ended_at INTEGER;
CREATE INDEX cases_answered ON cases (id) WHERE state = 'answered';

-- Each thing that a person or the calendar did to a case.
CREATE TABLE steps (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases (id),
	letter INTEGER REFERENCES letters (id), -- the mail that asked for it
	kind TEXT NOT NULL CHECK (kind IN ('extension', 'reassignment', 'remark', 'answer',
		'approval', 'return', 'addition', 'thanks', 'objection', 'status', 'recount',
		'closing')),
	who TEXT NOT NULL CHECK (who <> ''),   -- an official's key, "moderator", "citizen" …
	day TEXT CHECK (day IS NULL OR day IS date(day)), -- the due date from then on
	text TEXT,                             -- the reason, the remark
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_case ON steps (case_id);

CREATE TABLE answers (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases (id),
	letter INTEGER NOT NULL UNIQUE REFERENCES letters (id), -- the official's mail
	official TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'returned')),
	decided_by TEXT,
	decided_at INTEGER,
	at INTEGER NOT NULL,
	CHECK ((state = 'waiting') = (decided_by IS NULL))
) STRICT;
CREATE INDEX answers_case ON answers (case_id);
CREATE INDEX answers_waiting ON answers (id) WHERE state = 'waiting';

-- What the authors of cases are known by, so that no answer tells one of another.
CREATE TABLE applicants (
	kind TEXT NOT NULL CHECK (kind IN ('name', 'email', 'phone')),
	key TEXT NOT NULL,                     -- folded: see applicant_key()
	case_id INTEGER NOT NULL REFERENCES cases (id),
	PRIMARY KEY (kind, key, case_id)
) STRICT, WITHOUT ROWID;

INSERT INTO applicants (kind, key, case_id)
	SELECT 'email', r.author_key, c.id FROM cases c JOIN readings r ON r.letter = c.letter
	WHERE r.author_key IS NOT NULL;

-- What a person must do by hand.
CREATE TABLE tasks (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('bounced', 'undelivered', 'extension-notice')),
	letter INTEGER REFERENCES letters (id),
	case_id INTEGER REFERENCES cases (id),
	notice INTEGER REFERENCES notices (id),
	detail TEXT NOT NULL,                  -- a code: "5.1.1"
	created_at INTEGER NOT NULL,
	done_at INTEGER,
	done_by TEXT,
	done_reason TEXT,
	CHECK ((done_at IS NULL) = (done_by IS NULL))
) STRICT;
CREATE INDEX tasks_notice ON tasks (notice) WHERE notice IS NOT NULL;
CREATE INDEX tasks_open ON tasks (id) WHERE done_at IS NULL;

-- What was last done when: the digest, the clock's round.
CREATE TABLE marks (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of a series of notices about one case only the newest that is due goes out; `bounce` is the
-- secret in the envelope sender.
ALTER TABLE notices ADD COLUMN series TEXT;
ALTER TABLE notices ADD COLUMN bounce TEXT;
CREATE UNIQUE INDEX notices_bounce ON notices (bounce) WHERE bounce IS NOT NULL;
CREATE INDEX notices_series ON notices (case_id, series, not_before)
	WHERE state = 'waiting' AND series IS NOT NULL;
CREATE INDEX notices_owed ON notices (kind, created_at) WHERE state = 'waiting';
CREATE INDEX notices_refused ON notices (id) WHERE state = 'refused';
