import type { OutcomeCode } from './outcomes.ts';
import type { BodyKind } from './answer.ts';
import type { SeenKind } from './sentences.ts';

/**
 * `check`: GET /v1/keys/me, which does not look at the domain list. `optimize`: POST /v1/optimize. `probe`: the same
 * without a file, after an accepted check, to learn for free whether the key is allowed on this domain.
 */
export type Endpoint = 'check' | 'optimize' | 'probe';

export interface Rule {
	endpoint?: Endpoint;
	status?: readonly [ from: number, to: number ];
	body?: BodyKind;
	code?: string;
	outcome: OutcomeCode;
}

const byCode = ( outcome: OutcomeCode ): Rule => ( { body: 'envelope', code: outcome, outcome } );

// A refusal counts only with its documented status: a 403 or 500 that names one is not the service refusing the key.
const refusal = ( outcome: OutcomeCode ): Rule => ( { ...byCode( outcome ), status: [ 401, 401 ] } );

/** The error table of the service's API, first fit wins: by code, then by status, then "unexpected". */
export const rules: readonly Rule[] = [
	{ status: [ 200, 200 ], body: 'success', endpoint: 'check', outcome: 'accepted' },
	{ status: [ 200, 200 ], body: 'success', endpoint: 'optimize', outcome: 'optimized' },
	{ status: [ 400, 400 ], body: 'envelope', code: 'no_image', endpoint: 'probe', outcome: 'accepted' },
	refusal( 'invalid_key' ),
	refusal( 'domain_not_allowed' ),
	refusal( 'domain_blocked' ),
	refusal( 'origin_required' ),
	// The probe is believed when it is one of these. Anything else: the domain list is not known.
	{ endpoint: 'probe', outcome: 'accepted_unprobed' },
	{ status: [ 0, 0 ], outcome: 'no_answer' },
	{ status: [ 300, 399 ], outcome: 'redirected' },
	byCode( 'monthly_limit_reached' ),
	byCode( 'credit_limit_reached' ),
	byCode( 'service_busy' ),
	byCode( 'size_exceeded_server' ),
	byCode( 'size_exceeded_for_plan' ),
	byCode( 'not_processable_format' ),
	byCode( 'unsupported_format' ),
	byCode( 'gif_too_large' ),
	byCode( 'no_image' ),
	byCode( 'invalid_params' ),
	byCode( 'server_error' ),
	byCode( 'auth_error' ),
	byCode( 'billing_error' ),
	byCode( 'credit_error' ),
	{ status: [ 401, 401 ], body: 'envelope', outcome: 'invalid_key' },
	{ status: [ 402, 402 ], body: 'envelope', outcome: 'monthly_limit_reached' },
	{ status: [ 429, 429 ], body: 'envelope', outcome: 'credit_limit_reached' },
	{ status: [ 503, 503 ], body: 'envelope', outcome: 'service_busy' },
	{ status: [ 500, 599 ], body: 'envelope', outcome: 'server_error' },
	// A code nobody knows yet, about what was sent: this file. The service itself is well.
	{ endpoint: 'optimize', status: [ 400, 400 ], body: 'envelope', outcome: 'invalid_params' },
	// Any body: a proxy in front of the service may answer for it.
	{ status: [ 413, 413 ], outcome: 'size_exceeded_server' },
	{ status: [ 415, 415 ], outcome: 'unsupported_format' },
];

/** What a missing answer looked like, by cURL's error number (42: we stopped it); anything else is "no answer". */
export const curlErrors: Readonly< Record< number, SeenKind > > = {
	6: 'dns',
	7: 'refused',
	18: 'broken_off',
	28: 'timeout',
	35: 'tls',
	42: 'too_long',
	51: 'tls',
	53: 'tls',
	56: 'broken_off',
	58: 'tls',
	59: 'tls',
	60: 'tls',
	77: 'tls',
	83: 'tls',
	90: 'tls',
	91: 'tls',
};
