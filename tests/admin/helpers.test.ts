// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { readError } from '../../src/admin/errors.ts';
import { formatBytes, formatNumber, formatRelative } from '../../src/admin/format.ts';

describe( 'readError', () => {
	it.each( [
		[
			'a bare response, when a session can not be renewed (6.8)',
			new Response( '0', { status: 400 } ),
			{ tag: 'session' },
		],
		[ 'nothing', undefined, { tag: 'garbled' } ],
		[ 'an error of the language', new TypeError( 'x is not a function' ), { tag: 'garbled' } ],
		[ 'no network (6.8)', { code: 'fetch_error', message: '' }, { tag: 'offline' } ],
		[ 'no network (7.1)', { code: 'offline_error', message: '' }, { tag: 'offline' } ],
		[ 'not JSON', { code: 'invalid_json', message: '' }, { tag: 'garbled' } ],
		[ 'a cause', { code: 'key_cut_off', message: '' }, { tag: 'malformed', cause: 'key_cut_off' } ],
		[ 'a refusal', { code: 'domain_blocked', message: '' }, { tag: 'refused', code: 'domain_blocked' } ],
		[ 'no answer, nothing seen', { code: 'no_answer', message: '' }, { tag: 'unreachable', seen: null } ],
		[ 'not allowed', { code: 'forbidden', message: '', data: { status: 403 } }, { tag: 'session' } ],
		[ 'a name of every object', { code: 'toString', message: '' }, { tag: 'broken', code: 'toString', status: 0 } ],
		[
			'an unknown error',
			{ code: 'rest_no_route', message: '', data: { status: 404 } },
			{ tag: 'broken', code: 'rest_no_route', status: 404 },
		],
	] )( '%s', ( _, error, problem ) => {
		expect( readError( error ) ).toEqual( problem );
	} );
} );

describe( 'formatting', () => {
	afterEach( () => document.documentElement.removeAttribute( 'lang' ) );

	it( 'follows the language of the page, and survives one that is none', () => {
		document.documentElement.lang = 'de-DE';
		expect( formatNumber( 1234.5 ) ).toBe( '1.234,5' );
		document.documentElement.lang = 'no_such language';
		expect( formatNumber( 5 ) ).toBe( '5' );
	} );

	it.each( [
		[ 0, '0 byte' ],
		[ 812_000, '812 kB' ],
		[ 1_400_000_000, '1.4 GB' ],
		[ 5e18, '5,000,000 TB' ],
	] )( '%d bytes', ( bytes, text ) => {
		document.documentElement.lang = 'en-US';
		expect( formatBytes( bytes ) ).toBe( text );
	} );

	it.each( [
		[ 100, 'past', 'now' ],
		[ 99, 'past', 'now' ],
		[ -3_600, 'past', '1 hour ago' ],
		[ 200, 'past', 'now' ],
		[ 7_300, 'future', 'in 2 hours' ],
		[ -500, 'future', 'now' ],
	] as const )( 'a moment at %d, seen at 100, in the %s: %s', ( at, when, text ) => {
		document.documentElement.lang = 'en-US';
		expect( formatRelative( at, 100, when ) ).toBe( text );
	} );
} );
