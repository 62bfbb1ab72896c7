import { beforeEach, describe, expect, it } from 'vitest';
import { place } from './images.ts';
import { measured, ours } from './measured.ts';
import { person } from './people.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';
import type { Visitor } from './visitor.ts';

// A page takes WebAssembly a second.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** What stands in the menu beside the plugin's name; null: nothing. */
const bubble = async ( who?: Visitor ) => {
	const { html, queries } = await measured( '/wp-admin/index.php', who );
	expect( ours( queries ) ).toEqual( [] );
	const found =
		/SlashImage <span class="update-plugins slashimage-bubble"><span class="update-count" aria-hidden="true">([^<]*)<\/span><span class="screen-reader-text">([^<]*)<\/span><\/span>/.exec(
			html
		);
	expect( html.includes( 'slashimage-bubble' ) ).toBe( Boolean( found ) );
	return found && [ found[ 1 ], found[ 2 ] ];
};

const failed = async ( count: number ) => {
	const { wp } = await site();
	await place( Array.from( { length: count }, () => ( { state: 'failed', cause: 'write_failed' } ) ) );
	await wp.evaluate( 'SlashImage\\Library::count_failed();' );
};

describe.runIf( native )( 'the bubble in the menu', () => {
	beforeEach( async () => ( await site() ).reset() );

	it( 'is not there where nothing needs anybody', async () => {
		expect( await bubble() ).toBeNull();
		await connect();
		expect( await bubble() ).toBeNull();
	} );

	it( 'counts the failed images, for those who may do something about it', async () => {
		await connect();
		await failed( 3 );
		expect( await bubble() ).toEqual( [ '3', 'Failed images: 3' ] );
		expect( await bubble( await person( 'editor' ) ) ).toBeNull();
	} );

	it( 'says that the key is refused, before all else', async () => {
		const { admin, service } = await site();
		await failed( 1 );
		service.deleteKey( await connect() );
		await admin.rest( 'POST', '/connection/check' );
		expect( await bubble() ).toEqual( [ '!', 'Reconnect needed' ] );
	} );

	it( 'says that there are no credits, and nothing of other waiting', async () => {
		const { wp } = await site();
		await connect();
		const hold = ( outcome: string, seconds: number ) =>
			wp.evaluate(
				`update_option( 'slashimage_connection', [ 'holds' => [ SlashImage\\Decisions::get( 'outcomes', '${ outcome }', 'hold' ) => [ 'outcome' => '${ outcome }', 'since' => time(), 'until' => time() + ${ seconds }, 'tries' => 1 ] ] ] + SlashImage\\Connection::get() );`
			);
		await hold( 'monthly_limit_reached', 600 );
		expect( await bubble() ).toEqual( [ '!', 'Out of credits' ] );
		await hold( 'monthly_limit_reached', -1 );
		expect( await bubble() ).toBeNull();
		await hold( 'service_busy', 600 );
		expect( await bubble() ).toBeNull();
	} );

	it( 'goes by itself: with the image, and with its retry', async () => {
		const { admin, wp } = await site();
		const [ retried, deleted ] = await place( [ { state: 'failed' }, { state: 'failed' } ] );
		await wp.evaluate( 'SlashImage\\Library::count_failed();' );
		expect( await bubble() ).toEqual( [ '2', 'Failed images: 2' ] );
		await wp.evaluate( `wp_delete_attachment( ${ deleted }, true );` );
		expect( await bubble() ).toEqual( [ '1', 'Failed images: 1' ] );
		await admin.rest( 'POST', `/images/${ retried }/retry` );
		expect( await bubble() ).toBeNull();
	} );
} );
