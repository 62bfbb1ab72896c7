import type { HoldReason } from './holds.ts';
import type { NoticeCode } from './notices.ts';

/** `unchecked`: a key is there, and the service has not said yet what it thinks of it. */
export const connectionStates = [ 'disconnected', 'unchecked', 'connected', 'reconnect' ] as const;

export type ConnectionState = ( typeof connectionStates )[ number ];
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
	image: 'optimized' | 'waiting' | 'failed' | 'unsupported' | 'elsewhere';
	/** When a waiting image is tried again. */
	retry: 'never' | 'reconnected' | 'retry_after' | 'later' | 'credits';
	/** The whole queue waits as long as the image, and why. Without one the outcome is about this image alone. */
	hold?: HoldReason;
	/** What an image fails with that came to this outcome too often; without one it is tried again for ever. */
	givesUp?: 'rejected' | 'unanswered';
}

const later = { connection: 'unchanged', check: 'unreachable', image: 'waiting', retry: 'later' } as const;
const service = { ...later, hold: 'service', givesUp: 'unanswered' } as const;
const storage = { ...later, hold: 'storage' } as const;
const final = { connection: 'unchanged', check: 'unreachable', image: 'failed', retry: 'never' } as const;
const unsupported = { ...final, image: 'unsupported' } as const;
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
	monthly_limit_reached: { ...later, retry: 'credits', hold: 'credits' },
	credit_limit_reached: { ...later, retry: 'retry_after', hold: 'credits' },
	service_busy: { ...service, retry: 'retry_after' },

	// This file can't be optimized.
	size_exceeded_server: final,
	size_exceeded_for_plan: final,
	not_processable_format: final,
	unsupported_format: final,
	gif_too_large: final,

	// The service takes no offence at other files: these are about the one that was sent.
	no_image: { ...later, givesUp: 'rejected' },
	invalid_params: { ...later, givesUp: 'rejected' },
	rejected: final,
	unanswered: final,

	// The service's own trouble.
	server_error: service,
	auth_error: service,
	billing_error: service,
	credit_error: service,

	// Not the service's answer at all.
	no_answer: service,
	redirected: service,
	unexpected: service,
	insecure_address: service,
	no_address: service,

	// Asked before anything is sent: an answer could not be stored here. No image fails for it.
	not_writable: storage,
	disk_full: storage,
	memory_short: later,
	write_failed: storage,

	// An error of PHP stopped the worker. No image has a part in it.
	worker_error: { ...later, hold: 'error' },

	// The server ends what goes on after an answer.
	work_ended: { ...later, hold: 'background' },

	// This may not be the site the key was connected for.
	another_site: { ...later, hold: 'site' },
	another_environment: { ...later, hold: 'site' },
	switched_off: { ...later, hold: 'off' },

	// Found before or after asking, on this site.
	type_not_supported: unsupported,
	file_unreadable: final,
	// Somebody replaced it while its copy was at the service: the new one is looked at in its turn.
	file_changed: later,
	// The answer is no image, or not the same picture: src/validation/pictures.ts says when.
	result_broken: final,
	broken_type: final,
	broken_incomplete: final,
	broken_still: final,
	broken_time: final,
	broken_loops: final,
	broken_sides: final,
	broken_turned: final,
	broken_transparency: final,
	broken_colours: final,
	broken_look: final,
	broken_rights: final,
	broken_panorama: final,
	result_larger: final,
	// Not sent: optimizing would remove a part of the file. See `carried`.
	has_hdr: unsupported,
	has_gain_map: unsupported,
	has_motion: unsupported,
	has_depth: unsupported,
	has_stereo: unsupported,
	has_layers: unsupported,
	has_sequence: unsupported,
	has_cmyk: unsupported,
	has_appended: unsupported,
	file_linked: unsupported,
	file_incomplete: final,
	file_elsewhere: { ...final, image: 'elsewhere' },
	optimized_1_2: { ...final, image: 'optimized' },
	interrupted: final,
} satisfies Record< string, Outcome >;

export type OutcomeCode = keyof typeof outcomes;

export const outcome = ( code: OutcomeCode ): Outcome => outcomes[ code ];

/** Seconds. `later` doubles with each try in a row; what `Retry-After` asks for is believed up to `max`. */
export const delays = { first: 60, max: 3600, credits: 3600 } as const;

/** Seconds between background checks, at most: nobody may be looking. By the state of the connection, out of credits, or held for the background. */
export const checkEvery = {
	connected: 86400,
	reconnect: 3600,
	unchecked: 300,
	out_of_credits: 3600,
	background: 3600,
} as const;

/** Seconds optimizing has to be paused before somebody hears of it by e-mail, and between two of a kind. */
export const mails = { after: 3600, every: 86400 } as const;

/** How often a claimed image may vanish with its worker before it is given up as `interrupted`. */
export const claimsBeforeGivingUp = 5;

/**
 * How often files may be sent whose answers are lost with a worker that was killed: each time may cost credits. After
 * that a person decides.
 */
export const lossesBeforeGivingUp = 2;

/** How often in a row a server may end a worker before nothing is left to the background any more. */
export const endedBeforeHolding = 2;

/** How often an image is tried whose own file is the trouble, before it fails. */
export const triesBeforeFailing = 8;

/** What their files' names end with: what WordPress has on record of a type may be wrong, as of HEIC photos it turned into JPEG. */
export const fileExtensions = [ 'jpg', 'jpeg', 'jpe', 'png', 'webp', 'avif', 'gif' ] as const;

/** Types the service takes; everything else is never sent. */
export const mimeTypes = [ 'image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif' ] as const;
