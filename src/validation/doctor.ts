// What the doctor looks at, what a finding means and what to do about it. PHP probes and names the finding; everything
// said about it stands here, once, and is looked up. `%1$s`, `%2$s` … are filled with what was measured.

import type { OutcomeCode } from './outcomes.ts';

/** The checks, in the order they run: each one builds on those before it. */
export const checks = [
	'key',
	'address',
	'reach',
	'site',
	'answer',
	'accepted',
	'allowed',
	'plan',
	'queue',
	'files',
] as const;

export type CheckName = ( typeof checks )[ number ];

/** What a check is called, on the screen and in the report. */
export const checkTitles: Record< CheckName, string > = {
	key: 'Key',
	address: 'Address',
	reach: 'Reach',
	site: 'Blocked by this site',
	answer: 'Minimal request',
	accepted: 'Accepted',
	allowed: 'Allowed here',
	plan: 'Plan',
	queue: 'Queue',
	files: 'Files',
};

export const findingStatuses = [ 'good', 'not_needed', 'attention', 'bad' ] as const;

export type FindingStatus = ( typeof findingStatuses )[ number ];

/** What can be done, in the order in which it is worth trying. */
export const steps = [
	'copy_again',
	'fix_shape',
	'fix_reach',
	'plan_and_domain',
	'new_key',
	'ask_host',
	'ask_support',
] as const;

export type Step = ( typeof steps )[ number ];

/** Said after the first advice, where that did not help. */
export const stepSentences: Record< Step, string > = {
	copy_again: 'Copy the key again, with the Copy button of the dashboard.',
	fix_shape: 'Compare the beginning and the end of the key with the one in the dashboard.',
	fix_reach: 'Let this server reach the service: look for a firewall, a proxy or a security plugin in between.',
	plan_and_domain: 'Look at the plan and the domains of the key in the dashboard.',
	new_key: 'Create a new key in the dashboard, and put it in the place of the old one.',
	ask_host: 'Ask your host, and send the report along.',
	ask_support: 'Ask SlashImage support, and send the report along.',
};

/** Where the link of an advice leads: an address of plugin.json, or a screen of this site. */
export type DoctorLink = 'dashboard' | 'keys' | 'changeKey' | 'invalidKey' | 'support' | 'plugins';

/** The advice for a key that is no good depends on where it is set. Filled with the variable's or constant's name. */
export const changeKeySentences = {
	env: 'Copy the key again from the dashboard, and put it into the environment variable %s on the server.',
	constant:
		'Copy the key again from the dashboard, and change the constant %s in wp-config.php, or where your files define it.',
	network: 'Ask a network administrator to copy the key of the network again from the dashboard.',
	database: 'Copy the key again from the dashboard, and paste it here.',
} as const;

export interface Finding {
	check: CheckName;
	status: FindingStatus;
	/** Nothing after it can be learned: the run is over. */
	ends?: true;
	/** What to try, the first of `steps` first. */
	steps?: readonly Step[];
	link?: DoctorLink;
	/** One sentence: what was seen. */
	seen: string;
	/** One sentence: what to do. `change_key`: the one of `changeKeySentences` for the key's source. */
	advice?: string;
}

const changeKey = { advice: 'change_key', link: 'dashboard' } as const;
const network = { status: 'bad', ends: true, steps: [ 'fix_reach', 'ask_host', 'ask_support' ] } as const;
const asksHost = { steps: [ 'ask_host' ] } as const;
const domain = { status: 'bad', steps: [ 'plan_and_domain', 'new_key', 'ask_support' ], link: 'keys' } as const;

export const findings = {
	// 1. The key: is there one, from where, and does it have the shape of one?
	key_ok: { check: 'key', status: 'good', seen: 'The key %1$s comes from %2$s and has the right shape.' },
	// Not the end: whether the service can be reached is what somebody wants to know whose first try did not get through.
	key_missing: {
		check: 'key',
		status: 'bad',
		steps: [ 'copy_again' ],
		link: 'dashboard',
		seen: 'This site has no key yet.',
		advice: 'Copy your key from the dashboard, paste it here and press Connect.',
	},
	key_missing_network: {
		check: 'key',
		status: 'bad',
		seen: 'The key of this site is managed by the network, and the network has none yet.',
		advice: 'Ask a network administrator to set one.',
	},
	key_malformed: {
		check: 'key',
		status: 'bad',
		ends: true,
		steps: [ 'copy_again', 'fix_shape' ],
		seen: 'What %1$s holds is no key. %2$s',
		...changeKey,
	},
	key_unreadable: {
		check: 'key',
		status: 'bad',
		ends: true,
		steps: [ 'copy_again' ],
		seen: 'The stored key can no longer be read, because the security salts of this site changed.',
		...changeKey,
	},
	key_also_set: {
		check: 'key',
		status: 'attention',
		seen: 'Another key, %1$s from %2$s, is not used: %3$s stands before it.',
		advice: 'Remove the one you do not want, so that nobody looks for the trouble in the wrong place.',
	},
	key_source_empty: {
		check: 'key',
		status: 'attention',
		seen: 'Somebody set %1$s, but left it empty. It is not used.',
		advice: 'Put the key in there, or remove it.',
	},

	// 2. The address: does the name of the service lead somewhere?
	address_ok: { check: 'address', status: 'good', seen: '%1$s is found at %2$s.' },
	address_number: {
		check: 'address',
		status: 'not_needed',
		seen: 'The service is addressed by number (%1$s): there is no name to look up.',
	},
	address_by_proxy: { check: 'address', status: 'not_needed', seen: 'The proxy %1$s looks up the name.' },
	address_unknown: {
		check: 'address',
		...network,
		seen: 'This server can not find the address of %1$s.',
		advice: 'Ask your host to repair the name lookup (DNS) of the server for %1$s.',
	},
	address_private: {
		check: 'address',
		status: 'attention',
		steps: [ 'fix_reach', 'ask_host' ],
		seen: '%1$s is found at %2$s, an address inside of a private network.',
		advice: 'Unless somebody wanted it so, have your host look for a DNS filter or an entry in the hosts file.',
	},
	address_insecure: {
		check: 'address',
		...network,
		seen: 'The address of the service, %1$s, is not https. The key is not sent there.',
		advice: 'Correct the constant %2$s in wp-config.php, or remove it.',
	},

	// 3. The way there: does anybody open the door, and is it the right one?
	reach_ok: { check: 'reach', status: 'good', seen: 'Connected to %1$s after %2$s ms, securely after %3$s ms.' },
	reach_ok_plain: {
		check: 'reach',
		status: 'good',
		seen: 'Connected to %1$s after %2$s ms, without encryption, which is fine on one machine.',
	},
	reach_by_proxy: {
		check: 'reach',
		status: 'not_needed',
		seen: 'The way leads through the proxy %1$s, which the next check looks at.',
	},
	reach_slow: {
		check: 'reach',
		status: 'attention',
		...asksHost,
		seen: 'Connecting to %1$s took %2$s ms, which is slow.',
		advice: 'Ask your host whether the network of the server is overloaded.',
	},
	reach_refused: {
		check: 'reach',
		...network,
		seen: '%1$s refuses the connection on port %2$s.',
		advice: 'Ask your host to let this server connect to %1$s on port %2$s.',
	},
	reach_timeout: {
		check: 'reach',
		...network,
		seen: '%1$s does not answer on port %2$s within %3$s seconds.',
		advice: 'Ask your host to let this server connect to %1$s on port %2$s: a firewall may swallow it.',
	},
	reach_failed: {
		check: 'reach',
		...network,
		seen: 'The connection to %1$s fails: %2$s',
		advice: 'Ask your host to let this server connect to %1$s.',
	},
	no_transport: {
		check: 'reach',
		...network,
		steps: [ 'ask_host' ],
		seen: 'PHP can make no request at all here: neither cURL nor fsockopen is there (%1$s was asked for).',
		advice: 'Ask your host to switch the cURL extension of PHP on, and to allow its functions (disable_functions).',
	},
	cert_expired: {
		check: 'reach',
		...network,
		seen: 'The certificate of %1$s ended on %2$s.',
		advice: 'Have your host look at the clock of the server first. If it is right, tell SlashImage support.',
	},
	cert_not_yet: {
		check: 'reach',
		...network,
		seen: 'The certificate of %1$s is valid from %2$s only.',
		advice: 'Ask your host to set the clock of the server right.',
	},
	cert_wrong_name: {
		check: 'reach',
		...network,
		seen: 'Somebody else answers for %1$s: the certificate is for %2$s.',
		advice: 'Ask your host what stands in between: a firewall, a proxy, or a wrong entry in the name lookup (DNS).',
	},
	cert_unknown: {
		check: 'reach',
		...network,
		seen: 'The certificate of %1$s is signed by %2$s, which this site does not know.',
		advice: 'Update WordPress, which brings the list of authorities. If it stays, ask your host what opens the connection.',
	},
	clock_wrong: {
		check: 'reach',
		status: 'attention',
		...asksHost,
		seen: 'The clock of this server is %1$s off: it says %2$s, the service says %3$s.',
		advice: 'Ask your host to set the clock of the server by the network (NTP).',
	},

	// 4. This site itself: does it hold back or change the requests?
	site_ok: {
		check: 'site',
		status: 'good',
		seen: 'Nothing on this site holds back or changes requests to the service.',
	},
	blocked_external: {
		check: 'site',
		...network,
		seen: 'This site forbids requests to other servers (WP_HTTP_BLOCK_EXTERNAL), and %1$s is not excepted.',
		advice: 'Add %1$s to WP_ACCESSIBLE_HOSTS in wp-config.php.',
	},
	proxy_silent: {
		check: 'site',
		...network,
		seen: 'The proxy %1$s, set in WP_PROXY_HOST and WP_PROXY_PORT, does not answer: %2$s',
		advice: 'Correct both in wp-config.php, remove them, or ask whoever runs the proxy.',
	},
	no_curl: {
		check: 'site',
		status: 'attention',
		...asksHost,
		seen: 'The cURL extension of PHP is missing. WordPress has a slower way of its own.',
		advice: 'Ask your host to switch the cURL extension of PHP on.',
	},
	curl_function: {
		check: 'site',
		status: 'attention',
		...asksHost,
		seen: 'PHP may not use %1$s on this server (disable_functions), so files are sent one at a time.',
		advice: 'Ask your host to allow %1$s.',
	},
	no_openssl: {
		check: 'site',
		...network,
		seen: 'PHP can make no secure connection here: neither cURL nor OpenSSL is there.',
		advice: 'Ask your host to switch the cURL and OpenSSL extensions of PHP on.',
	},
	hook_answers: {
		check: 'site',
		...network,
		link: 'plugins',
		seen: '%1$s answers requests in place of the service (%2$s, on %3$s).',
		advice: 'Deactivate %1$s, or make an exception for %4$s in its settings.',
	},
	hook_breaks: {
		check: 'site',
		...network,
		link: 'plugins',
		seen: '%1$s changes what the service needs to see in a request (%2$s, on %3$s): %5$s.',
		advice: 'Deactivate %1$s, or make an exception for %4$s in its settings.',
	},
	hook_fails: {
		check: 'site',
		...network,
		link: 'plugins',
		seen: '%1$s stops with an error when this site makes a request (%2$s, on %3$s): %5$s',
		advice: 'Update or deactivate %1$s.',
	},
	hook_changes: {
		check: 'site',
		status: 'attention',
		link: 'plugins',
		seen: '%1$s changes requests to the service (%2$s, on %3$s): %5$s.',
		advice: 'If the key does not work, deactivate %1$s for a moment and run the checks again.',
	},

	rest_closed: {
		check: 'site',
		status: 'bad',
		link: 'plugins',
		seen: '%1$s blocks REST API requests of your browser (%2$s), so this screen and the media library stand still.',
		advice: 'Allow the REST API for logged-in users in the settings of %1$s, or deactivate it.',
	},
	rest_closed_outside: {
		check: 'site',
		status: 'bad',
		...asksHost,
		seen: 'REST API requests of your browser are blocked (%1$s), so this screen and the media library stand still.',
		advice: 'Ask your host whether a firewall blocks requests to /wp-json/slashimage/, and to let them through.',
	},
	rest_cached: {
		check: 'site',
		status: 'attention',
		...asksHost,
		seen: 'A page cache keeps answers of the REST API (%1$s). SlashImage asks past it; the editor and other plugins may not.',
		advice: 'Exclude %1$s from the page cache, or ask your host to do so.',
	},
	front_bare: {
		check: 'site',
		status: 'attention',
		...asksHost,
		seen: 'A firewall refuses POST requests without a body. SlashImage always sends one; other plugins may not.',
		advice: 'If buttons of other plugins fail, ask your host to allow POST requests without a body.',
	},

	// 5. The smallest request there is: does the service answer, and is it the service?
	answer_ok: {
		check: 'answer',
		status: 'good',
		seen: 'The service answers in its own words (status %1$s, after %2$s ms).',
	},
	answer_trouble: {
		check: 'answer',
		status: 'attention',
		steps: [ 'ask_support' ],
		seen: 'The service answers, but has a problem of its own (status %1$s).',
		advice: 'Wait a while: images are tried again by themselves.',
	},
	answer_page: {
		check: 'answer',
		...network,
		seen: 'A web page answers in place of the service: “%1$s” (status %2$s).',
		advice: 'Ask your host to let requests to %3$s through. A firewall, or the login page of a network, holds them back.',
	},
	answer_redirect: {
		check: 'answer',
		...network,
		seen: 'A redirect to %1$s came in place of an answer (status %2$s). It was not followed.',
		advice: 'Ask your host to let requests to %3$s through. Something in between sends them elsewhere.',
	},
	answer_strange: {
		check: 'answer',
		...network,
		seen: 'What came is not an answer of the service: “%1$s” (status %2$s).',
		advice: 'Ask your host to let requests to %3$s through. Something in between answers them.',
	},
	answer_empty: {
		check: 'answer',
		...network,
		seen: 'An empty answer came (status %2$s).',
		advice: 'Ask your host to let requests to %3$s through. Something in between answers them.',
	},
	answer_none: {
		check: 'answer',
		...network,
		seen: 'No answer came: %1$s',
		advice: 'Run the checks again in a minute. If it stays, send the report to your host.',
	},

	// 6. The key, now.
	accepted_ok: { check: 'accepted', status: 'good', seen: 'The service accepts the key %1$s.' },
	accepted_refused: {
		check: 'accepted',
		status: 'bad',
		ends: true,
		steps: [ 'copy_again', 'new_key', 'ask_support' ],
		seen: 'The service refuses the key %1$s: it was regenerated, deleted, or never was.',
		...changeKey,
	},
	accepted_no_key: {
		check: 'accepted',
		status: 'not_needed',
		ends: true,
		seen: 'There is no key to ask about yet.',
	},
	accepted_unknown: {
		check: 'accepted',
		status: 'attention',
		steps: [ 'ask_support' ],
		seen: 'The service did not say whether it accepts the key (status %1$s).',
		advice: 'Run the checks again in a few minutes.',
	},

	// 7. The domain.
	allowed_ok: { check: 'allowed', status: 'good', seen: 'The key is allowed on %1$s.' },
	allowed_not: {
		check: 'allowed',
		...domain,
		seen: 'The key is locked to other domains. The service sees this site as %1$s.',
		advice: 'Add %1$s to the domains of the key in the dashboard.',
	},
	allowed_blocked: {
		check: 'allowed',
		...domain,
		seen: '%1$s is on the block list of the key.',
		advice: 'Take %1$s off the block list of the key in the dashboard.',
	},
	allowed_no_origin: {
		check: 'allowed',
		...domain,
		seen: 'The key is locked to certain domains, and the Origin header of this site did not arrive.',
		advice: 'Ask your host what removes the header. The domain to allow is %1$s.',
	},
	allowed_unknown: {
		check: 'allowed',
		status: 'attention',
		seen: 'Whether the key is allowed on %1$s could not be learned.',
		advice: 'It shows with the next image.',
	},

	// 8. The plan.
	plan_ok: { check: 'plan', status: 'good', seen: 'Credits left: %1$s of %2$s. The month turns on %3$s.' },
	plan_unlimited: { check: 'plan', status: 'good', seen: 'The plan has no limit. Images this month: %1$s.' },
	plan_low: {
		check: 'plan',
		status: 'attention',
		link: 'dashboard',
		seen: 'Credits left: only %1$s of %2$s. The month turns on %3$s.',
		advice: 'If that is not enough, choose a larger plan in the dashboard.',
	},
	plan_empty: {
		check: 'plan',
		status: 'bad',
		steps: [ 'plan_and_domain' ],
		link: 'dashboard',
		seen: 'No credits are left of %1$s. The month turns on %2$s.',
		advice: 'Choose a larger plan in the dashboard, or wait: images go on by themselves with the new month.',
	},
	plan_capped: {
		check: 'plan',
		status: 'bad',
		steps: [ 'plan_and_domain' ],
		link: 'dashboard',
		seen: 'The credit cap of this key is reached, though the account has credits.',
		advice: 'Raise the cap of the key %1$s in the dashboard.',
	},
	plan_unknown: {
		check: 'plan',
		status: 'attention',
		link: 'dashboard',
		seen: 'The service did not say what is left of the plan.',
		advice: 'Look it up in the dashboard.',
	},

	// 9. The queue.
	queue_ok: {
		check: 'queue',
		status: 'good',
		seen: 'WP-Cron runs and this site reaches itself. No image waits. Last work: %1$s.',
	},
	queue_ok_new: {
		check: 'queue',
		status: 'good',
		seen: 'WP-Cron runs and this site reaches itself. No image waits.',
	},
	queue_waiting: {
		check: 'queue',
		status: 'good',
		seen: 'WP-Cron runs and this site reaches itself. Images waiting: %2$s, since %3$s. Last work: %1$s.',
	},
	queue_paused: {
		check: 'queue',
		status: 'good',
		seen: 'WP-Cron runs and this site reaches itself. Images paused until the key works: %2$s, since %3$s.',
	},
	queue_stuck: {
		check: 'queue',
		status: 'bad',
		steps: [ 'ask_host', 'ask_support' ],
		seen: 'Images are due and nothing works on them: %2$s, since %3$s. Last work: %1$s.',
		advice: 'Ask your host whether PHP processes of this site are ended early, and send the report along.',
	},
	// One for each hold. `%1$s`: images waiting, `%2$s`: since when it is held, `%3$s`: when it is tried again.
	hold_off: {
		check: 'queue',
		status: 'attention',
		seen: 'The constant SLASHIMAGE_OPTIMIZING turns optimization off on this site. Images waiting: %1$s.',
		advice: 'Change the constant in wp-config.php if images should be optimized here.',
	},
	hold_site: {
		check: 'queue',
		status: 'bad',
		seen: 'On hold since %2$s: your key was connected on another site or environment. Images waiting: %1$s.',
		advice: 'Press “Optimize on this site too” on this screen, or connect another key.',
	},
	// `%4$s`: the plugin or file it comes from, `%5$s`: what PHP says, `%6$s`: where.
	hold_error: {
		check: 'queue',
		status: 'bad',
		link: 'plugins',
		steps: [ 'ask_host', 'ask_support' ],
		seen: 'On hold since %2$s: %4$s stops optimizing with a PHP error: %5$s (%6$s). Images waiting: %1$s.',
		advice: 'Update or deactivate %4$s. If it is part of the server, send the report to your host.',
	},
	hold_storage: {
		check: 'queue',
		status: 'bad',
		...asksHost,
		seen: "On hold since %2$s: optimized files can't be saved. Next retry: %3$s. Images waiting: %1$s.",
		advice: 'Ask your host to make the uploads folder writable for PHP, and to check the free disk space.',
	},
	// Why, and what to do about it, is said under Plan.
	hold_credits: {
		check: 'queue',
		status: 'good',
		seen: 'On hold since %2$s: no credits are left for your key. Next retry: %3$s. Images waiting: %1$s.',
	},
	hold_service: {
		check: 'queue',
		status: 'attention',
		seen: "On hold since %2$s: the API doesn't take images right now. Next retry: %3$s. Images waiting: %1$s.",
		advice: 'SlashImage will retry automatically. If this stays, run the checks again and send the report to support.',
	},
	hold_background: {
		check: 'queue',
		status: 'bad',
		...asksHost,
		seen: 'Since %2$s: this server ended background work twice before it was done. Images waiting: %1$s.',
		advice:
			'Ask your host to let PHP requests go on after their answer (LiteSpeed: “noabort”; PHP-FPM: request_terminate_timeout). ' +
			'Until then, keep Media > SlashImage open while images are optimized.',
	},
	background_ends: {
		check: 'queue',
		status: 'bad',
		...asksHost,
		seen: 'This server ends PHP requests within %1$s seconds after their answer, so background work is never finished.',
		advice:
			'Ask your host to let PHP requests go on after their answer (LiteSpeed: “noabort”; PHP-FPM: request_terminate_timeout). ' +
			'Until then, keep Media > SlashImage open while images are optimized.',
	},
	queue_unplanned: {
		check: 'queue',
		status: 'attention',
		seen: 'Images are due (%1$s), and no WP-Cron event is scheduled for them.',
		advice: 'Reload this screen: SlashImage then schedules it again. If this comes back, send the report to support.',
	},
	cron_off: {
		check: 'queue',
		status: 'bad',
		...asksHost,
		seen: 'WP-Cron is switched off (DISABLE_WP_CRON), and nothing runs it instead: tasks are due since %1$s.',
		advice: 'Have the server call wp-cron.php every five minutes, or take DISABLE_WP_CRON out of wp-config.php.',
	},
	cron_late: {
		check: 'queue',
		status: 'attention',
		...asksHost,
		seen: 'WP-Cron is late: tasks are due since %1$s.',
		advice: 'It runs when somebody visits the site. If it stays late, have the server call wp-cron.php.',
	},
	// `%1$s`: the address in wp-admin, `%2$s`: what came, `%3$s`: the address in REST, `%4$s`: what came.
	loopback_failed: {
		check: 'queue',
		status: 'attention',
		...asksHost,
		seen: 'Loopback requests fail: %1$s (%2$s), %3$s (%4$s).',
		advice:
			'Images wait for WP-Cron instead, about a minute, or for an open Media > SlashImage screen. ' +
			'Ask your host, or whoever protects these addresses, to let the site call them.',
	},
	loopback_second: {
		check: 'queue',
		status: 'good',
		seen: '%1$s refuses loopback requests (%2$s), so SlashImage uses the REST API (%3$s) instead.',
	},

	// 10. The files.
	files_ok: { check: 'files', status: 'good', seen: 'The uploads folder can be written to. Free space: %1$s.' },
	files_ok_unmeasured: {
		check: 'files',
		status: 'good',
		seen: 'The uploads folder can be written to. The host does not say how much space is free.',
	},
	files_read_only: {
		check: 'files',
		status: 'bad',
		...asksHost,
		seen: 'The uploads folder can not be written to: %1$s',
		advice: 'Ask your host to make %1$s writable for the web server.',
	},
	files_low: {
		check: 'files',
		status: 'attention',
		...asksHost,
		seen: 'Little space is left for uploads: %1$s.',
		advice: 'Delete what is not needed, or ask your host for more space: originals are kept beside the optimized files.',
	},
	files_full: {
		check: 'files',
		status: 'bad',
		...asksHost,
		seen: 'Almost no space is left for uploads: %1$s.',
		advice: 'Delete what is not needed, or ask your host for more space.',
	},
} satisfies Record< string, Finding >;

export type FindingCode = keyof typeof findings;

/** From where on a measurement is worth a word. */
export const doctorLimits = {
	// Seconds.
	connect: 5,
	clock: 60,
	late: 900,
	// How long a request goes on after its answer, to prove that it may.
	outlives: 3,
	// Milliseconds.
	slow: 2000,
	// Of the plan's credits.
	low_credits: 0.1,
	// Bytes.
	low_space: 500_000_000,
	no_space: 50_000_000,
} as const;

/** What the transport says when it does not get through, in cURL's and OpenSSL's fixed words; the first that fits. */
export const transportErrors: readonly { pattern: string; finding: FindingCode }[] = [
	{ pattern: 'certificate has expired', finding: 'cert_expired' },
	{ pattern: 'certificate is not yet valid', finding: 'cert_not_yet' },
	{ pattern: 'no alternative certificate subject name|did not match|does not match', finding: 'cert_wrong_name' },
	{ pattern: 'unable to get (?:local )?issuer certificate|self[- ]signed certificate', finding: 'cert_unknown' },
	{ pattern: '^cURL error 28\\b|timed out', finding: 'reach_timeout' },
	{ pattern: '^cURL error 7\\b|Connection refused', finding: 'reach_refused' },
	{ pattern: 'No working transports found', finding: 'no_transport' },
	{ pattern: '', finding: 'reach_failed' },
];

/** What a refusal of the service is called among the findings. */
export const refusals: Partial< Record< OutcomeCode, FindingCode > > = {
	invalid_key: 'accepted_refused',
	domain_not_allowed: 'allowed_not',
	domain_blocked: 'allowed_blocked',
	origin_required: 'allowed_no_origin',
};

/** Parts of a request without which the service can not know who asks what; by the names WordPress gives them. */
export const essentialParts = [ 'method', 'body', 'headers.authorization', 'headers.origin', 'url', 'error' ] as const;

/**
 * Returns what to try, the most promising first, for the findings of a run: each step once, in the order of `steps`.
 * Empty when nothing is wrong. Forced by checklists that send people to their host before they copied the key again.
 */
export function nextSteps( found: readonly { status: FindingStatus; steps: readonly Step[] }[] ): Step[] {
	const wrong = found.some( ( { status } ) => status === 'bad' ) ? [ 'bad' ] : [ 'bad', 'attention' ];
	const wanted = new Set(
		found.filter( ( { status } ) => wrong.includes( status ) ).flatMap( ( row ) => row.steps )
	);
	return steps.filter( ( step ) => wanted.has( step ) );
}

/** Returns the worst status among the findings of a check. */
export const worst = ( found: readonly { status: FindingStatus }[] ): FindingStatus =>
	findingStatuses.findLast( ( status ) => found.some( ( row ) => row.status === status ) ) ?? 'good';
