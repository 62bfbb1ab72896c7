// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { readError } from '../../src/admin/errors.ts';
import { formatBytes, formatDuration, formatNumber, formatRelative } from '../../src/admin/format.ts';
import { timeLeftLine } from '../../src/admin/time-left.ts';
import { connected, held, reconnect, summary } from './fixtures.ts';

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
		[
			'not allowed',
			{ code: 'forbidden', message: '', data: { status: 403 } },
			{ tag: 'request', code: 'forbidden' },
		],
		[ 'logged out', { code: 'rest_forbidden', message: '', data: { status: 401 } }, { tag: 'session' } ],
		[
			"somebody else's refusal",
			{ code: 'rest_disabled', message: '', data: { status: 401 } },
			{ tag: 'blocked', code: 'rest_disabled' },
		],
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
		[ 60, '1 minute' ],
		[ 89, '1 minute' ],
		[ 570, '10 minutes' ],
		[ 47 * 60, '45 minutes' ],
		[ 5_399, '90 minutes' ],
		[ 5_400, '2 hours' ],
		[ 35 * 3_600, '35 hours' ],
		[ 36 * 3_600, '2 days' ],
		[ 40 * 86_400, '40 days' ],
	] )( 'about %d seconds', ( seconds, text ) => {
		document.documentElement.lang = 'en-US';
		expect( formatDuration( seconds ) ).toBe( text );
	} );

	it( 'a duration, in the language of the page', () => {
		document.documentElement.lang = 'de-DE';
		expect( formatDuration( 180 ) ).toBe( '3 Minuten' );
	} );

	it.each( [
		[ 100, 'past', 'now' ],
		[ 99, 'past', 'now' ],
		[ -3_600, 'past', '1 hour ago' ],
		[ 200, 'past', 'now' ],
		[ 7_300, 'future', 'in 2 hours' ],
		[ -500, 'future', 'now' ],
		[ 101, 'future', 'in 1 minute' ],
		[ 159, 'future', 'in 1 minute' ],
	] as const )( 'a moment at %d, seen at 100, in the %s: %s', ( at, when, text ) => {
		document.documentElement.lang = 'en-US';
		expect( formatRelative( at, 100, when ) ).toBe( text );
	} );
} );

describe( 'timeLeftLine', () => {
	const hold = held( 'service' );

	it.each( [
		[ 'seconds', connected(), 12, { images: 3, seconds: 5 }, 'Less than a minute left' ],
		[ 'a minute', connected(), 12, { images: 3, seconds: 15 }, 'About 1 minute left' ],
		[ 'minutes', connected(), 30, { images: 10, seconds: 60 }, 'About 3 minutes left' ],
		[ 'hours', connected(), 150, { images: 5, seconds: 300 }, 'About 3 hours left' ],
		[ 'days', connected(), 3_000, { images: 3, seconds: 300 }, 'About 3 days left' ],
		[ 'too few images to tell', connected(), 30, { images: 2, seconds: 100 }, '' ],
		[ 'too early to tell', connected(), 30, { images: 30, seconds: 4 }, '' ],
		[ 'nothing moves', connected(), 30, { images: 0, seconds: 0 }, '' ],
		[ 'on hold', connected( { hold } ), 30, { images: 10, seconds: 60 }, '' ],
		[ 'paused', reconnect(), 30, { images: 10, seconds: 60 }, '' ],
	] )( '%s', ( _, connection, open, pace, text ) => {
		const counts = summary( { waiting: open - 1, optimizing: 1, pace } );
		expect( timeLeftLine( { connection, summary: counts, from: 'poll' } ) ).toBe( text );
	} );
} );
