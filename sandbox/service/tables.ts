import type { DatabaseSync } from 'node:sqlite';

/** The only row of `account` is the one account this service has; it starts as a used Free plan. */
const TABLES = `
	CREATE TABLE IF NOT EXISTS account (
		id INTEGER PRIMARY KEY CHECK (id = 1),
		monthly_limit INTEGER,
		used INTEGER NOT NULL,
		is_free INTEGER NOT NULL
	);
	INSERT OR IGNORE INTO account VALUES (1, 200, 5, 0);
	CREATE TABLE IF NOT EXISTS api_keys (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		api_key TEXT NOT NULL UNIQUE,
		kind TEXT NOT NULL CHECK (kind IN ('live', 'sub')),
		is_master INTEGER NOT NULL,
		cap INTEGER,
		used INTEGER NOT NULL DEFAULT 0
	);
	CREATE UNIQUE INDEX IF NOT EXISTS one_master ON api_keys (is_master) WHERE is_master = 1;
	CREATE TABLE IF NOT EXISTS key_domains (
		key_id INTEGER NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
		rule TEXT NOT NULL CHECK (rule IN ('allow', 'block')),
		domain TEXT NOT NULL,
		UNIQUE (key_id, rule, domain)
	);
`;

/** Takes an open database; creates what isn't there yet. An existing account is left as it is. */
export function prepareTables( db: DatabaseSync ): void {
	db.exec( TABLES );
}
