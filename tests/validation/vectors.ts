// What every side must agree on. Run against src/validation here, and against the PHP in tests/wordpress.
import type { KeyCause } from '../../src/validation/key-rules.ts';
import type { Comparison } from '../../src/validation/pictures.ts';
import type { ConnectionState, OutcomeCode } from '../../src/validation/outcomes.ts';
import type { Endpoint } from '../../src/validation/answer-rules.ts';
import type { ImageState, RowState } from '../../src/validation/image-state.ts';

const hex = '0123456789abcdef'.repeat( 3 );
export const live = `sk_live_${ hex }`;
export const sub = `sk_sub_${ hex }`;

/** Pasted text, and the cause (null: a key) it is read as. */
export const keyVectors: readonly ( readonly [ pasted: string, cause: KeyCause | null, key?: string ] )[] = [
	[ live, null, live ],
	[ sub, null, sub ],
	// What a paste adds.
	[ `  ${ live }\n`, null, live ],
	[ `\r\n\t${ sub }\u00a0`, null, sub ],
	[ `\ufeff${ live }`, null, live ],
	[ `${ live.slice( 0, 20 ) }\u200b${ live.slice( 20 ) }\u200d`, null, live ],
	[ `${ live.slice( 0, 30 ) }\n  ${ live.slice( 30 ) }`, null, live ],
	[ `\u202a${ sub }\u202c\u2060\u00ad`, null, sub ],
	[ `"${ live }"`, null, live ],
	[ `“${ live }”,`, null, live ],
	[ `\`${ sub }\`;`, null, sub ],
	[ `Bearer ${ live }`, null, live ],
	[ `Authorization: Bearer ${ live }`, null, live ],
	[ live.toUpperCase(), null, live ],
	[ `sk_live_${ hex.toUpperCase() }`, null, live ],
	// What is wrong.
	[ '', 'key_empty' ],
	[ ' \u200b\n', 'key_empty' ],
	[ '""', 'key_empty' ],
	[ 'Bearer ', 'key_empty' ],
	[ `sk_live_${ '•'.repeat( 40 ) }abcd`, 'key_masked' ],
	[ 'sk_live_************************************************', 'key_masked' ],
	[ 'sk_live_0123…cdef', 'key_masked' ],
	[ 'sk_live_0123...cdef', 'key_masked' ],
	[ `sk_test_${ hex }`, 'key_test' ],
	[ 'sk-proj-abcdefghijklmnop', 'key_other_sk' ],
	[ 'pk_live_abcdefghijklmnop', 'key_other_pk' ],
	[ 'aB3dE6gH9jK2mN5pQ8sT', 'key_shortpixel' ],
	[ 'a1b2c3d4e5f6', 'key_akismet' ],
	[ 's', 'key_beginning' ],
	[ 'sk_', 'key_beginning' ],
	[ 'sk_live', 'key_beginning' ],
	[ 'sk_sub', 'key_beginning' ],
	[ 'sk_live_', 'key_cut_off' ],
	[ live.slice( 0, -1 ), 'key_cut_off' ],
	[ sub.slice( 0, -4 ), 'key_cut_off' ],
	[ `${ live }0`, 'key_too_long' ],
	[ `${ sub }${ hex }`, 'key_too_long' ],
	[ `${ live }${ live }`, 'key_wrong_character' ],
	[ `sk_live_${ hex.slice( 0, -1 ) }g`, 'key_wrong_character' ],
	[ `sk_live_${ hex.slice( 0, -1 ) }é`, 'key_wrong_character' ],
	[ `sk_sub_${ hex.slice( 0, -1 ) }😀`, 'key_wrong_character' ],
	[ hex, 'key_no_prefix' ],
	[ live.slice( 1 ), 'key_no_prefix' ],
	[ `_${ hex }`, 'key_no_prefix' ],
	[ 'hello', 'key_unknown' ],
	[ 'https://slashimage.com/dashboard', 'key_unknown' ],
	[ 'ключ', 'key_unknown' ],
	[ '<script>alert(1)</script>', 'key_unknown' ],
];

const error = ( code?: unknown, sentence: unknown = 'Told to people.' ) =>
	JSON.stringify( { success: false, error: sentence, code } );
const html = '<!doctype html><title>Sign in to the network</title>';
const optimized = JSON.stringify( { success: true, optimized: { original_format: { format: 'jpeg', data: 'AAAA' } } } );

export type AnswerVector = readonly [ endpoint: Endpoint, status: number, body: string, outcome: OutcomeCode ];

/** An answer of the service or of whatever stands in its way, and the outcome it is. */
export const answerVectors: readonly AnswerVector[] = [
	[ 'check', 0, '', 'no_answer' ],
	[
		'check',
		200,
		'{"success":true,"plan":{"monthly_limit":200,"images_used_this_month":5,"images_remaining":195}}',
		'accepted',
	],
	[ 'check', 200, '{"success":true}', 'accepted' ],
	[ 'check', 200, '{"success":true,"plan":"free"}', 'accepted' ],
	[ 'optimize', 200, optimized, 'optimized' ],
	// Every row of the error table.
	[ 'check', 401, error( 'invalid_key' ), 'invalid_key' ],
	[ 'optimize', 401, error( 'invalid_key' ), 'invalid_key' ],
	[ 'optimize', 401, error( 'domain_not_allowed' ), 'domain_not_allowed' ],
	[ 'optimize', 401, error( 'domain_blocked' ), 'domain_blocked' ],
	[ 'optimize', 401, error( 'origin_required' ), 'origin_required' ],
	[ 'optimize', 402, error( 'monthly_limit_reached' ), 'monthly_limit_reached' ],
	[ 'optimize', 429, error( 'credit_limit_reached' ), 'credit_limit_reached' ],
	[ 'optimize', 503, error( 'service_busy' ), 'service_busy' ],
	[ 'optimize', 413, error( 'size_exceeded_server' ), 'size_exceeded_server' ],
	[ 'optimize', 413, error( 'size_exceeded_for_plan' ), 'size_exceeded_for_plan' ],
	[ 'optimize', 415, error( 'not_processable_format' ), 'not_processable_format' ],
	[ 'optimize', 415, error( 'unsupported_format' ), 'unsupported_format' ],
	[ 'optimize', 413, error( 'gif_too_large' ), 'gif_too_large' ],
	[ 'optimize', 400, error( 'no_image' ), 'no_image' ],
	[ 'optimize', 400, error( 'invalid_params' ), 'invalid_params' ],
	[ 'optimize', 400, error( 'a_new_one' ), 'invalid_params' ],
	[ 'optimize', 400, error(), 'invalid_params' ],
	[ 'optimize', 400, html, 'unexpected' ],
	[ 'check', 400, error( 'a_new_one' ), 'unexpected' ],
	[ 'optimize', 500, error( 'server_error' ), 'server_error' ],
	[ 'optimize', 500, error( 'auth_error' ), 'auth_error' ],
	[ 'optimize', 502, error( 'billing_error' ), 'billing_error' ],
	[ 'optimize', 500, error( 'credit_error' ), 'credit_error' ],
	// Without a code, or with one nobody knows: the status decides.
	[ 'check', 401, error(), 'invalid_key' ],
	[ 'check', 401, error( 'something_new' ), 'invalid_key' ],
	[ 'check', 401, error( 7 ), 'invalid_key' ],
	[ 'optimize', 402, error(), 'monthly_limit_reached' ],
	[ 'optimize', 429, error( 'slow_down' ), 'credit_limit_reached' ],
	[ 'optimize', 503, error(), 'service_busy' ],
	[ 'optimize', 500, error(), 'server_error' ],
	[ 'optimize', 599, error( 'odd' ), 'server_error' ],
	[ 'optimize', 413, html, 'size_exceeded_server' ],
	[ 'optimize', 413, '', 'size_exceeded_server' ],
	[ 'optimize', 415, html, 'unsupported_format' ],
	[ 'optimize', 418, error(), 'unexpected' ],
	// A known code counts whatever the status says, except a refusal: only a 401 is one.
	[ 'optimize', 400, error( 'service_busy' ), 'service_busy' ],
	[ 'check', 403, error( 'invalid_key' ), 'unexpected' ],
	[ 'check', 500, error( 'invalid_key' ), 'server_error' ],
	[ 'check', 429, error( 'domain_blocked' ), 'credit_limit_reached' ],
	[ 'check', 200, error( 'invalid_key' ), 'unexpected' ],
	// The probe of the domain list, believed in these two cases only.
	[ 'probe', 400, error( 'no_image' ), 'accepted' ],
	[ 'probe', 401, error( 'domain_not_allowed' ), 'domain_not_allowed' ],
	[ 'probe', 401, error( 'origin_required' ), 'origin_required' ],
	[ 'probe', 401, error( 'invalid_key' ), 'invalid_key' ],
	[ 'probe', 401, error(), 'accepted_unprobed' ],
	[ 'probe', 403, error( 'domain_blocked' ), 'accepted_unprobed' ],
	[ 'probe', 500, error( 'no_image' ), 'accepted_unprobed' ],
	[ 'probe', 400, error( 'invalid_params' ), 'accepted_unprobed' ],
	[ 'probe', 402, error( 'monthly_limit_reached' ), 'accepted_unprobed' ],
	[ 'probe', 200, optimized, 'accepted_unprobed' ],
	[ 'probe', 200, html, 'accepted_unprobed' ],
	[ 'probe', 302, '', 'accepted_unprobed' ],
	[ 'probe', 0, '', 'accepted_unprobed' ],
	// Not the service at all.
	[ 'check', 200, html, 'unexpected' ],
	[ 'check', 200, '', 'unexpected' ],
	[ 'check', 200, '{"success":tr', 'unexpected' ],
	[ 'check', 200, '{"success":"true"}', 'unexpected' ],
	[ 'check', 200, '{"success":1}', 'unexpected' ],
	[ 'check', 200, '[{"success":true}]', 'unexpected' ],
	[ 'check', 200, '"success"', 'unexpected' ],
	[ 'check', 200, 'null', 'unexpected' ],
	[ 'check', 204, '{"success":true}', 'unexpected' ],
	[ 'optimize', 200, '{"success":true}', 'unexpected' ],
	[ 'optimize', 200, '{"success":true,"optimized":{"original_format":{"data":""}}}', 'unexpected' ],
	[ 'optimize', 200, '{"success":true,"optimized":[]}', 'unexpected' ],
	[ 'check', 401, html, 'unexpected' ],
	[ 'check', 401, '', 'unexpected' ],
	[ 'check', 401, '{"error":"login required"}', 'unexpected' ],
	[ 'check', 401, error( 'invalid_key', null ), 'unexpected' ],
	[ 'check', 403, html, 'unexpected' ],
	[ 'check', 429, html, 'unexpected' ],
	[ 'check', 500, html, 'unexpected' ],
	[ 'check', 503, '', 'unexpected' ],
	[ 'check', 302, '', 'redirected' ],
	[ 'check', 301, '{"success":true}', 'redirected' ],
	[ 'check', 308, error( 'invalid_key' ), 'redirected' ],
];

export type ImageVector = readonly [
	row: RowState,
	cause: string,
	shown: Record< ConnectionState, ImageState >,
	lease?: 'ended',
];

const always = ( state: ImageState ) => ( {
	connected: state,
	reconnect: state,
	disconnected: state,
	unchecked: state,
} );
const waits = { connected: 'waiting', reconnect: 'paused', disconnected: 'waiting', unchecked: 'waiting' } as const;
const wasRefused = { ...waits, reconnect: 'refused' } as const;
const hasNoCredits = { ...waits, connected: 'out_of_credits' } as const;

/** A row of the queue, and what it shows in the light of the connection. */
export const imageVectors: readonly ImageVector[] = [
	[ 'not_optimized', '', always( 'not_optimized' ) ],
	[ 'optimizing', '', always( 'optimizing' ) ],
	[ 'optimized', '', always( 'optimized' ) ],
	[ 'optimized', 'optimized_1_2', always( 'optimized' ) ],
	[ 'elsewhere', 'file_elsewhere', always( 'elsewhere' ) ],
	[ 'not_optimized', 'stopped', always( 'not_optimized' ) ],
	[ 'waiting', 'uploading', waits ],
	[ 'unsupported', 'type_not_supported', always( 'unsupported' ) ],
	[ 'failed', 'write_failed', always( 'failed' ) ],
	[ 'waiting', '', waits ],
	[ 'waiting', 'accepted', waits ],
	// Its own attempt was refused.
	[ 'waiting', 'invalid_key', wasRefused ],
	[ 'waiting', 'domain_not_allowed', wasRefused ],
	[ 'waiting', 'domain_blocked', wasRefused ],
	[ 'waiting', 'origin_required', wasRefused ],
	[ 'waiting', 'key_unreadable', wasRefused ],
	[ 'waiting', 'key_malformed', wasRefused ],
	// No credits is one thing, no room another.
	[ 'waiting', 'monthly_limit_reached', hasNoCredits ],
	[ 'waiting', 'credit_limit_reached', waits ],
	[ 'waiting', 'service_busy', waits ],
	[ 'waiting', 'no_answer', waits ],
	// A cause says something of a waiting row only: these are left from an earlier attempt.
	[ 'optimizing', 'invalid_key', always( 'optimizing' ) ],
	[ 'optimizing', 'monthly_limit_reached', always( 'optimizing' ) ],
	[ 'failed', 'invalid_key', always( 'failed' ) ],
	// From an older or a newer version.
	[ 'waiting', 'from_the_future', waits ],
	[ 'failed', 'from_the_future', always( 'failed' ) ],
	[ 'waiting', "it's <b>", waits ],
	// Its worker died: nobody is at it.
	[ 'optimizing', '', waits, 'ended' ],
	[ 'optimizing', 'invalid_key', wasRefused, 'ended' ],
	[ 'optimizing', 'monthly_limit_reached', hasNoCredits, 'ended' ],
];

/** An answer that is the same picture. */
const alike: Comparison = {
	type: true,
	complete: true,
	still: false,
	time: 0,
	loops: true,
	sides: 'same',
	square: false,
	tag: 'kept',
	turn: 'none',
	alpha: true,
	colour: true,
	looked: true,
	look: 0,
	worst: 0,
	clear: 0,
	colours: 0,
	rights: true,
	panorama: true,
};

/** How an answer differs from its file, and the outcome that refuses it; null: none does. */
export const comparisonVectors = (
	[
		[ {}, null ],
		[ { type: false, complete: false }, 'broken_type' ],
		[ { complete: false, sides: 'other' }, 'broken_incomplete' ],
		[ { still: true }, 'broken_still' ],
		[ { time: 0.05 }, null ],
		[ { time: 0.051 }, 'broken_time' ],
		[ { loops: false }, 'broken_loops' ],
		[ { sides: 'other' }, 'broken_sides' ],
		[ { sides: 'swapped' }, 'broken_turned' ],
		[ { sides: 'swapped', tag: 'upright', turn: 'quarter' }, null ],
		[ { sides: 'swapped', tag: 'upright', turn: 'quarter', looked: false }, null ],
		[ { sides: 'same', tag: 'upright', turn: 'quarter' }, 'broken_turned' ],
		[ { sides: 'same', tag: 'upright', turn: 'quarter', square: true }, null ],
		[ { sides: 'same', tag: 'upright', turn: 'quarter', square: true, looked: false }, 'broken_turned' ],
		[ { tag: 'upright', turn: 'flip' }, null ],
		[ { tag: 'upright', turn: 'flip', looked: false }, 'broken_turned' ],
		[ { sides: 'swapped', tag: 'upright', turn: 'flip' }, 'broken_turned' ],
		[ { tag: 'other' }, 'broken_turned' ],
		[ { clear: 0.31 }, 'broken_transparency' ],
		[ { alpha: false }, null ],
		[ { alpha: false, looked: false }, 'broken_transparency' ],
		[ { colour: false }, null ],
		[ { colour: false, looked: false }, 'broken_colours' ],
		[ { colour: false, colours: 0.02 }, 'broken_colours' ],
		[ { looked: false }, null ],
		[ { look: 0.046 }, 'broken_look' ],
		[ { look: 0.02, worst: 0.26 }, 'broken_look' ],
		[ { rights: false }, 'broken_rights' ],
		[ { panorama: false }, 'broken_panorama' ],
	] as readonly [ Partial< Comparison >, OutcomeCode | null ][]
 ).map( ( [ differs, outcome ] ) => [ { ...alike, ...differs }, outcome ] as const );
