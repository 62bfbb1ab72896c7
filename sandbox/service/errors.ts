/** The service's error table: each code's status and sentence, once. */

export interface Answer {
	status: number;
	headers: Record< string, string >;
	body: string | Buffer;
	/** Called once all of it went out. */
	sent?: () => void;
}

const ERRORS = {
	invalid_key: [ 401, 'This API key does not exist. It may have been regenerated or deleted.' ],
	domain_not_allowed: [ 401, 'This API key is not allowed on this domain.' ],
	domain_blocked: [ 401, 'This API key is blocked on this domain.' ],
	origin_required: [ 401, 'This API key is limited to some domains, and no Origin was sent.' ],
	monthly_limit_reached: [ 402, 'The images of this month are used up.' ],
	credit_limit_reached: [ 429, 'This sub-key has used all the images it may use.' ],
	service_busy: [ 503, 'The service is busy. Please try again shortly.' ],
	size_exceeded_server: [ 413, 'The file is over 100 MB.' ],
	size_exceeded_for_plan: [ 413, 'The file is over 3 MB, the limit of the Free plan.' ],
	gif_too_large: [ 413, 'The animated GIF is too large.' ],
	not_processable_format: [ 415, 'The file is damaged or not an image that can be read.' ],
	unsupported_format: [ 415, 'Only JPEG, PNG, WebP, AVIF and GIF files can be optimized.' ],
	no_image: [ 400, 'The request has no image.' ],
	invalid_params: [ 400, 'The request has a parameter that cannot be understood.' ],
	server_error: [ 500, 'Something went wrong in the service.' ],
	auth_error: [ 500, 'The API key could not be looked up.' ],
	billing_error: [ 500, 'The plan could not be looked up.' ],
	credit_error: [ 500, 'The images used could not be counted.' ],
} as const satisfies Record< string, readonly [ status: number, sentence: string ] >;

export type ErrorCode = keyof typeof ERRORS;

/**
 * Takes any value, and the status and headers to send it with; returns a JSON answer.
 * Length is stated, so that a client can tell a complete answer from one cut off on the way.
 */
export function jsonAnswer( status: number, value: unknown, headers: Record< string, string > = {} ): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify( value ),
	};
}

/**
 * Takes a code of the table and, for the answers that carry it, Retry-After in seconds; returns
 * the answer in the error envelope.
 */
export function errorAnswer( code: ErrorCode, retryAfterSeconds?: number ): Answer {
	const [ status, error ] = ERRORS[ code ];
	const headers = retryAfterSeconds === undefined ? {} : retryAfter( retryAfterSeconds );
	return jsonAnswer( status, { success: false, error, code }, headers );
}

/**
 * Takes a status and a sentence; returns the error envelope without a code. Clients must then go
 * by the status: the service's front (rate limits, unknown paths) answers like this.
 */
export function codelessAnswer( status: number, error: string, headers: Record< string, string > = {} ): Answer {
	return jsonAnswer( status, { success: false, error }, headers );
}

export function retryAfter( seconds: number ): Record< string, string > {
	return { 'retry-after': String( seconds ) };
}
