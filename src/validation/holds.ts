/** Why the whole queue waits though the key is fine, the gravest first: that one is shown. */
export const holdReasons = [ 'off', 'site', 'error', 'storage', 'credits', 'service', 'background' ] as const;

export type HoldReason = ( typeof holdReasons )[ number ];

export interface HoldRule {
	/**
	 * `person`: it stays until somebody says so. `time`: it is tried again, and ends when that works. `configuration`: it is
	 * on while a constant says so, and stored nowhere. `check`: until the background check finds that it is over.
	 */
	lifted: 'person' | 'time' | 'configuration' | 'check';
	/** What it stops: all work, or only that of the requests a site sends to itself. */
	stops: 'work' | 'loopback';
	/** Whether the bubble in the menu says that somebody is needed. */
	bubble: boolean;
	/** Whether Site Health tells of it. */
	health: boolean;
}

export const holds: Record< HoldReason, HoldRule > = {
	// Whoever set the constant knows.
	off: { lifted: 'configuration', stops: 'work', bubble: false, health: true },
	// Perhaps another site's copy.
	site: { lifted: 'person', stops: 'work', bubble: true, health: true },
	// PHP stops the worker: another plugin, or the host.
	error: { lifted: 'time', stops: 'work', bubble: true, health: true },
	// What comes back could not be stored.
	storage: { lifted: 'time', stops: 'work', bubble: true, health: true },
	credits: { lifted: 'time', stops: 'work', bubble: true, health: true },
	// Over before anybody could do anything.
	service: { lifted: 'time', stops: 'work', bubble: false, health: false },
	// WP-Cron and an open screen still work the queue.
	background: { lifted: 'check', stops: 'loopback', bubble: false, health: true },
};
