import type { NoticeCode } from './notices.ts';

export type ConnectionState = 'disconnected' | 'connected' | 'reconnect';
export type Reason = 'key' | 'domain';

/** What an outcome does. One row for each answer of the service and for each way our own side can fail. */
export interface Outcome {
	/** The connection afterwards. */
	connection: 'connected' | 'reconnect' | 'unchanged';
	/** Why it needs reconnecting. */
	reason?: Reason;
	/** A refusal this outcome can't lift: a key check does not look at the domain list. */
	leaves?: Reason;
	/** What a person hears who has just asked: stored only when `accepted`. */
	check: 'accepted' | 'refused' | 'unreachable';
	notice?: NoticeCode;
	/** The image's row afterwards. */
	image: 'optimized' | 'waiting' | 'failed' | 'unsupported';
	/** When a waiting image is tried again. All but `never` and `reconnected` hold the whole queue that long. */
	retry: 'never' | 'reconnected' | 'retry_after' | 'later' | 'credits';
}

const later = { connection: 'unchanged', check: 'unreachable', image: 'waiting', retry: 'later' } as const;
const final = { connection: 'unchanged', check: 'unreachable', image: 'failed', retry: 'never' } as const;
const refused = { connection: 'reconnect', check: 'refused', image: 'waiting', retry: 'reconnected' } as const;
const keyRefused = { ...refused, reason: 'key', notice: 'key_refused' } as const;
const domainRefused = { ...refused, reason: 'domain', notice: 'domain_refused' } as const;

export const outcomes = {
	// The key works. Without an answer to the probe of the domain list, a refusal for the domain stands.
	accepted: { connection: 'connected', check: 'accepted', image: 'waiting', retry: 'never' },
	accepted_unprobed: {
		connection: 'connected',
		leaves: 'domain',
		check: 'accepted',
		image: 'waiting',
		retry: 'never',
	},
	optimized: { connection: 'unchanged', check: 'accepted', image: 'optimized', retry: 'never' },

	// The service refuses the key.
	invalid_key: keyRefused,
	domain_not_allowed: domainRefused,
	domain_blocked: domainRefused,
	origin_required: domainRefused,
	// Dead without asking: it can't be decrypted because the site's salts changed, or the configuration holds no key.
	key_unreadable: keyRefused,
	key_malformed: keyRefused,

	// The service has no room, or the account no credits.
	monthly_limit_reached: { ...later, retry: 'credits' },
	credit_limit_reached: { ...later, retry: 'retry_after' },
	service_busy: { ...later, retry: 'retry_after' },

	// This file can't be optimized.
	size_exceeded_server: final,
	size_exceeded_for_plan: final,
	not_processable_format: final,
	unsupported_format: final,
	gif_too_large: final,

	// The service's own trouble, or ours.
	no_image: later,
	invalid_params: later,
	server_error: later,
	auth_error: later,
	billing_error: later,
	credit_error: later,

	// Not the service's answer at all.
	no_answer: later,
	redirected: later,
	unexpected: later,
	insecure_address: later,

	// Found before or after asking, on this site.
	type_not_supported: { ...final, image: 'unsupported' },
	file_unreadable: final,
	result_broken: final,
	result_larger: final,
	write_failed: final,
	interrupted: final,
} satisfies Record< string, Outcome >;

export type OutcomeCode = keyof typeof outcomes;

export const outcome = ( code: OutcomeCode ): Outcome => outcomes[ code ];

/** Seconds. `later` doubles with each try in a row; what `Retry-After` asks for is believed up to `max`. */
export const delays = { first: 60, max: 3600, credits: 3600 } as const;

/** Seconds between background checks, at most: nobody may be looking. By the state of the connection, or out of credits. */
export const checkEvery = { connected: 86400, reconnect: 3600, out_of_credits: 3600 } as const;

/** Seconds optimizing has to be paused before somebody hears of it by e-mail, and between two of a kind. */
export const mails = { after: 3600, every: 86400 } as const;

/** How often a claimed image may vanish with its worker before it is given up as `interrupted`. */
export const claimsBeforeGivingUp = 5;

/** Types the service takes; everything else is never sent. */
export const mimeTypes = [ 'image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif' ] as const;
