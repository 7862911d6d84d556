-- The store as first released.  Times are UTC seconds, days are ISO dates in the university's
-- time zone.  Every closed set has a CHECK; every reference is a foreign key.

CREATE TABLE mailboxes (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	uidvalidity INTEGER NOT NULL DEFAULT 0 CHECK (uidvalidity >= 0),
	last_uid INTEGER NOT NULL DEFAULT 0 CHECK (last_uid >= 0),
	fetched_at INTEGER NOT NULL DEFAULT 0,
	reconciled_on TEXT CHECK (reconciled_on IS NULL OR reconciled_on IS date(reconciled_on))
) STRICT;

CREATE TABLE letters (
	id INTEGER PRIMARY KEY,
	received_at INTEGER NOT NULL,          -- the server's INTERNALDATE
	fetched_at INTEGER NOT NULL,
	size INTEGER NOT NULL CHECK (size >= 0),
	whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
	digest BLOB NOT NULL CHECK (length(digest) = 32),
	spool_file INTEGER NOT NULL,           -- the bytes; length -1 when erased
	spool_offset INTEGER NOT NULL,
	spool_length INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN
		('received', 'judged', 'held', 'stuck', 'routed', 'closed')),
	state_why TEXT,                        -- a word: why held, stuck, closed
	stuck_told INTEGER NOT NULL DEFAULT 0 CHECK (stuck_told IN (0, 1)),
	attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	completed_by INTEGER REFERENCES letters (id) -- the reply that brought what was missing
) STRICT;
CREATE INDEX letters_received ON letters (received_at, id) WHERE state = 'received';
CREATE INDEX letters_judged ON letters (received_at, id) WHERE state = 'judged';
CREATE INDEX letters_held ON letters (received_at, id) WHERE state IN ('held', 'stuck');
CREATE INDEX letters_digest ON letters (digest);

-- Where each letter stood in its mailbox: the ledger.  A mailbox that changes its UIDVALIDITY
-- gives the same letter a new row here.
CREATE TABLE sources (
	mailbox INTEGER NOT NULL REFERENCES mailboxes (id),
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL CHECK (uid > 0),
	letter INTEGER NOT NULL REFERENCES letters (id),
	PRIMARY KEY (mailbox, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_letter ON sources (letter);

CREATE TABLE readings (
	letter INTEGER PRIMARY KEY REFERENCES letters (id),
	from_name TEXT,
	from_address TEXT,
	author_key TEXT,                       -- from_address in lower case, for the history
	text_key TEXT,                         -- the folded text's key, for the history
	words INTEGER NOT NULL CHECK (words >= 0),
	received_at INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('appeal', 'proposal', 'question', 'thanks', 'status',
		'reply', 'bounce', 'auto')),
	language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
	confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
	value BLOB NOT NULL                    -- the whole reading, as schema/reading.h packs it
) STRICT;
CREATE INDEX readings_author ON readings (author_key, received_at) WHERE author_key IS NOT NULL;

CREATE TABLE verdicts (
	letter INTEGER PRIMARY KEY REFERENCES letters (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('accept', 'reject', 'hold', 'ignore')),
	rule TEXT,
	rules TEXT NOT NULL,                   -- the codes by commas, the main one first
	urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
	topic TEXT NOT NULL,
	version TEXT NOT NULL,                 -- of rules and data files
	judged_at INTEGER NOT NULL
) STRICT;

-- A person's word over the machine's.
CREATE TABLE decisions (
	id INTEGER PRIMARY KEY,
	letter INTEGER NOT NULL REFERENCES letters (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('accept', 'reject')),
	rule TEXT,
	topic TEXT,
	official TEXT,
	who TEXT NOT NULL CHECK (who <> ''),
	reason TEXT NOT NULL CHECK (reason <> ''),
	decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_letter ON decisions (letter);

CREATE TABLE counters (
	year INTEGER PRIMARY KEY,
	last INTEGER NOT NULL CHECK (last > 0)
) STRICT;

CREATE TABLE cases (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE CHECK (number GLOB '[0-9][0-9][0-9][0-9]-[0-9]*'),
	letter INTEGER NOT NULL UNIQUE REFERENCES letters (id),
	state TEXT NOT NULL CHECK (state IN ('open', 'extended', 'answered', 'closed')),
	topic TEXT NOT NULL CHECK (topic IN ('academic', 'research', 'social', 'infrastructure',
		'digital', 'international', 'general')),
	official TEXT NOT NULL,
	official_name TEXT NOT NULL,
	official_address TEXT NOT NULL,
	official_language TEXT NOT NULL CHECK (official_language IN ('kk', 'ru', 'en')),
	official_why TEXT,                     -- JSON
	received_at INTEGER NOT NULL,
	registered_on TEXT NOT NULL CHECK (registered_on IS date(registered_on)),
	day1 TEXT NOT NULL CHECK (day1 IS date(day1)),
	due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
	due_why TEXT NOT NULL,
	calendar TEXT NOT NULL,
	confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
	language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
	opened_at INTEGER NOT NULL,
	CHECK (registered_on < day1 AND day1 < due_on)
) STRICT;
-- Holds all that the list shows, so that 100 000 open cases list in under 100 ms.
CREATE INDEX cases_due ON cases (due_on, id, number, state, topic, official, registered_on,
	language, confidential, letter, received_at) WHERE state IN ('open', 'extended');

CREATE TABLE notices (
	id INTEGER PRIMARY KEY,
	letter INTEGER REFERENCES letters (id),
	case_id INTEGER REFERENCES cases (id),
	kind TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN
		('citizen', 'official', 'moderator', 'administrator', 'office')),
	language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
	recipient TEXT NOT NULL,
	recipient_key TEXT NOT NULL,           -- in lower case, for the cap
	recipient_name TEXT,
	message_id TEXT NOT NULL UNIQUE,
	in_reply_to TEXT,
	refs TEXT,
	not_before INTEGER NOT NULL,
	facts TEXT NOT NULL,                   -- JSON
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'cancelled')),
	state_at INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	next_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	spool_file INTEGER NOT NULL DEFAULT 0, -- the exact bytes sent; length -1 before
	spool_offset INTEGER NOT NULL DEFAULT 0,
	spool_length INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE INDEX notices_waiting ON notices (next_at, id) WHERE state = 'waiting';
CREATE INDEX notices_sent ON notices (recipient_key, state_at) WHERE state = 'sent';
CREATE INDEX notices_sent_at ON notices (state_at) WHERE state = 'sent';
CREATE INDEX notices_letter ON notices (letter) WHERE letter IS NOT NULL;
CREATE INDEX notices_case ON notices (case_id) WHERE case_id IS NOT NULL;

-- One try each.  Without an outcome: under way, or a crash came between.
CREATE TABLE deliveries (
	id INTEGER PRIMARY KEY,
	notice INTEGER NOT NULL REFERENCES notices (id),
	begun_at INTEGER NOT NULL,
	ended_at INTEGER,
	outcome TEXT CHECK (outcome IS NULL OR outcome IN ('sent', 'retry', 'unknown', 'refused')),
	code INTEGER,
	text TEXT,
	CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX deliveries_notice ON deliveries (notice);
CREATE INDEX deliveries_open ON deliveries (notice) WHERE outcome IS NULL;

CREATE TABLE alarms (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	detail TEXT NOT NULL,
	raised_at INTEGER NOT NULL,
	cleared_at INTEGER,
	raising_told INTEGER NOT NULL DEFAULT 0 CHECK (raising_told IN (0, 1)),
	clearing_told INTEGER NOT NULL DEFAULT 0 CHECK (clearing_told IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX alarms_on ON alarms (kind) WHERE cleared_at IS NULL;
CREATE INDEX alarms_untold ON alarms (id)
	WHERE raising_told = 0 OR (cleared_at IS NOT NULL AND clearing_told = 0);

-- The queue log.  hash = SHA-256(the row before's hash, and this row); see event.c.
CREATE TABLE events (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	room TEXT NOT NULL CHECK (room IN
		('fetcher', 'classifier', 'router', 'notifier', 'queue')),
	kind TEXT NOT NULL,
	letter INTEGER,
	case_id INTEGER,
	notice INTEGER,
	detail TEXT NOT NULL,                  -- JSON
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX events_letter ON events (letter) WHERE letter IS NOT NULL;
CREATE INDEX events_case ON events (case_id) WHERE case_id IS NOT NULL;
