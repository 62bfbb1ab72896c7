import type { ErrorCode } from './errors.ts';

export const FAULTS = {
	none: [ 'No fault', 'The service answers normally.' ],
	slow: [ 'Slow', 'Every answer comes after a delay.' ],
	error_500: [ 'Error 500', 'The service fails: 500 with server_error.' ],
	busy_503: [ 'Busy', 'The service is overloaded: 503 with Retry-After.' ],
	rate_429: [ 'Too many requests', 'The service limits the rate: 429 with Retry-After and no code.' ],
	captive_portal: [ 'Captive portal', 'The network answers instead: 200 with a Wi-Fi login page.' ],
	refuse_connections: [ 'Refused connections', 'Nothing listens on the address of the API.' ],
	empty: [ 'Empty answer', '200 without a body.' ],
	redirect: [ 'Redirect', '302 to another address. No key may follow it there.' ],
	html_401: [ 'Firewall page, 401', 'A firewall asks for a password: 401 with a web page.' ],
	html_403: [ 'Firewall page, 403', 'A firewall forbids the request: 403 with a web page.' ],
	truncated: [ 'Cut off', 'The connection breaks in the middle of a normal answer.' ],
	huge: [ 'Huge answer', '200 with 24 MB of JSON.' ],
	broken_image: [ 'Broken image', 'The optimized files are not images at all.' ],
	wrong_type: [ 'Wrong type', 'The optimized files are images of another type than stated.' ],
	cut_off: [ 'Incomplete image', 'Only the first quarter of each optimized file.' ],
	first_frame: [ 'First frame', 'Of an animation only the first frame.' ],
	half: [ 'Half an image', 'The lower half of the optimized files is grey.' ],
	white: [ 'White image', 'The optimized files are white.' ],
	turned: [ 'Turned image', 'The optimized files are upside down.' ],
	flattened: [ 'Flattened image', 'Transparent parts of the optimized files are black.' ],
	profile_dropped: [
		'Profile dropped',
		'JPEG and PNG files lose their colour profile, and so change their colours.',
	],
	larger: [ 'Larger image', 'The optimized files are larger than the original.' ],
} as const;

export type Fault = keyof typeof FAULTS;

export interface FaultOptions {
	/** Of `slow`. */
	delayMs?: number;
	/** Of `busy_503` and `rate_429`: Retry-After, in seconds. */
	retryAfter?: number;
	/** Of `error_500`: which of the service's own troubles. */
	code?: Extract< ErrorCode, 'server_error' | 'auth_error' | 'billing_error' | 'credit_error' >;
}

export interface ActiveFault extends Required< FaultOptions > {
	fault: Fault;
}

/**
 * Takes a fault and its options; returns it with the options left out filled in. The delay is more
 * than a person waits for a pasted key to be checked (15 s), less than for an image (45 s).
 */
export function activeFault( fault: Fault, options: FaultOptions = {} ): ActiveFault {
	return { fault, delayMs: 20_000, retryAfter: 30, code: 'server_error', ...options };
}

export function isFault( name: string ): name is Fault {
	return Object.hasOwn( FAULTS, name );
}
