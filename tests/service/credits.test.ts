import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startService } from '../../sandbox/service/server.ts';
import { askPlan, freshService, refusal, sendImage } from './helpers.ts';

const service = freshService();

function plan( limit: number | null, used: number, left: number | null ): unknown {
	return {
		success: true,
		plan: { monthly_limit: limit, images_used_this_month: used, images_remaining: left },
	};
}

describe( 'the plan', () => {
	it( 'starts with 200 images, 5 used', async () => {
		expect( await ( await askPlan( service() ) ).json() ).toEqual( plan( 200, 5, 195 ) );
	} );

	it( 'has null for unlimited', async () => {
		service().setCredits( { limit: null, used: 7 } );
		expect( await ( await askPlan( service() ) ).json() ).toEqual( plan( null, 7, null ) );
		expect( ( await sendImage( service() ) ).headers.get( 'x-images-remaining' ) ).toBe( 'unlimited' );
	} );

	it( 'never has less than no image left', async () => {
		service().setCredits( { limit: 10, used: 12 } );
		expect( await ( await askPlan( service() ) ).json() ).toEqual( plan( 10, 12, 0 ) );
	} );
} );

describe( 'a file', () => {
	it( 'costs one credit, with all its formats', async () => {
		const fields = { generate_webp: 'true', generate_avif: 'true' };
		const answer = await sendImage( service(), { fields } );
		expect( answer.headers.get( 'x-images-remaining' ) ).toBe( '194' );
		expect( service().credits ).toEqual( { limit: 200, used: 6 } );
	} );

	it( 'is refused with monthly_limit_reached when none is left', async () => {
		service().setCredits( { limit: 5, used: 5 } );
		expect( await refusal( await sendImage( service() ) ) ).toEqual( [ 402, 'monthly_limit_reached' ] );
		expect( service().credits.used ).toBe( 5 );
	} );

	it( 'takes the last credit once, when several are sent side by side', async () => {
		service().setCredits( { limit: 7, used: 5 } );
		const answers = await Promise.all( [ 1, 2, 3, 4 ].map( () => sendImage( service() ) ) );
		expect( answers.map( ( { status } ) => status ).sort() ).toEqual( [ 200, 200, 402, 402 ] );
		expect( service().credits.used ).toBe( 7 );
	} );

	it( 'is refused with credit_limit_reached and Retry-After at a sub-key’s cap', async () => {
		const key = service().issueKey( { cap: 1 } );
		expect( ( await sendImage( service(), { key } ) ).status ).toBe( 200 );
		const answer = await sendImage( service(), { key } );
		expect( Number( answer.headers.get( 'retry-after' ) ) ).toBeGreaterThan( 0 );
		expect( await refusal( answer ) ).toEqual( [ 429, 'credit_limit_reached' ] );
		expect( ( await sendImage( service() ) ).status ).toBe( 200 );
	} );
} );

describe( 'a database file', () => {
	it( 'keeps keys, lists and credits from one start to the next', async () => {
		const folder = await mkdtemp( join( tmpdir(), 'slashimage-' ) );
		const database = join( folder, 'new', 'service.sqlite' );
		const first = await startService( { database } );
		const key = first.issueKey( { domains: [ 'other.example' ] } );
		const { masterKey } = first;
		first.setCredits( { limit: 300, used: 8 } );
		await first.close();

		const second = await startService( { database } );
		expect( second.masterKey ).toBe( masterKey );
		expect( second.credits ).toEqual( { limit: 300, used: 8 } );
		expect( await refusal( await sendImage( second, { key } ) ) ).toEqual( [ 401, 'domain_not_allowed' ] );
		await second.close();
		await rm( folder, { recursive: true } );
	} );
} );

describe( 'the port', () => {
	it( 'is another one when it is taken', async () => {
		const port = Number( new URL( service().url ).port );
		const other = await startService( { port } );
		expect( other.url ).not.toBe( service().url );
		expect( ( await askPlan( other ) ).status ).toBe( 200 );
		await other.close();
	} );
} );
