// What a report about the connection holds: for support, and for Site Health's Info. Facts only, never a key.

/** The sections, each with its facts in order. PHP gathers the facts; a fact that is not there is left out. */
export const reportSections = [
	{ title: 'Site', facts: [ 'site_address', 'origin', 'wordpress', 'php', 'multisite', 'plugin', 'time' ] },
	{
		title: 'Connection',
		facts: [
			'state',
			'outcome',
			'since',
			'verified',
			'checked',
			'hold',
			'key',
			'key_source',
			'other_keys',
			'plan',
		],
	},
	{ title: 'Service', facts: [ 'service_address', 'proxy', 'curl', 'openssl' ] },
	{
		title: 'Images',
		facts: [ 'optimized', 'waiting', 'failed', 'last_work', 'next_work', 'next_check', 'backups', 'error' ],
	},
] as const;

export type Fact = ( typeof reportSections )[ number ][ 'facts' ][ number ];

export const factLabels: Record< Fact, string > = {
	site_address: 'Site address',
	origin: 'Origin sent to the service',
	wordpress: 'WordPress',
	php: 'PHP',
	multisite: 'Multisite',
	plugin: 'SlashImage plugin',
	time: 'Time of this server',
	state: 'State',
	outcome: 'Last outcome',
	since: 'Since',
	verified: 'Last verified',
	checked: 'Last checked',
	hold: 'Queue held',
	key: 'Key',
	key_source: 'Key source',
	other_keys: 'Other keys set',
	plan: 'Credits used',
	service_address: 'Service address',
	proxy: 'Proxy',
	curl: 'cURL',
	openssl: 'OpenSSL',
	optimized: 'Images optimized',
	waiting: 'Images waiting',
	failed: 'Images failed',
	last_work: 'Last work on the queue',
	next_work: 'Next work planned',
	next_check: 'Next check planned',
	backups: 'Folder of the originals',
	error: 'Last PHP error',
};

/** The rest of the report's words, in English: it is read by support. */
export const reportWords = {
	checks: 'Checks',
	requests: 'Requests',
	yes: 'yes',
	no: 'no',
	none: 'none',
	missing: 'missing',
	hold: '%1$s until %2$s',
	person: 'somebody lifts it',
	configuration: 'the configuration changes',
	check: 'a check finds that it is over',
	plan: '%1$s of %2$s',
	unlimited: 'unlimited',
	// A check: its status, what was seen, the finding's code, milliseconds, when.
	finding: '%1$s - %2$s (%3$s, %4$s ms, %5$s)',
	// What was tried: the request, what came, milliseconds, the headers that were sent.
	request: '%1$s → %2$s, %3$s ms (%4$s)',
	keyless: '%1$s → %2$s, %3$s ms (no key sent)',
	short: '%1$s → %2$s',
	lookup: 'lookup %1$s',
	reached: 'reached',
	answered: 'answered',
	nothing: 'nothing',
} as const;

/**
 * Returns the command that repeats the minimal request by hand, with a placeholder for the key. Single quotes, so that a
 * shell takes everything as it stands.
 */
export function curlCommand( { url, origin }: { url: string; origin: string } ): string {
	const headers = [ 'Authorization: Bearer YOUR_API_KEY', 'Accept: application/json', `Origin: ${ origin }` ];
	return [ 'curl -i --max-time 15', ...headers.map( ( header ) => `-H ${ quoted( header ) }` ), quoted( url ) ].join(
		' '
	);
}

const quoted = ( text: string ): string => `'${ text.replaceAll( "'", "'\\''" ) }'`;
