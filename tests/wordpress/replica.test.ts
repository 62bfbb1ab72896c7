import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './queue.ts';
import { site, type Row } from './site.ts';

// A database whose reads come from a replica that lags behind.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/**
 * While `lags` is there, each SELECT of ours sees the database as it was up to two seconds ago. WordPress's own don't: with
 * those it would not get through an upload, and what splits reads from writes lets a request read what it wrote there.
 */
const dropIn = `<?php
	class Lagging extends wpdb {
		private $replica = null; private $from = 0;
		public function query( $query ) {
			if ( ! $this->dbh || ! is_file( WP_CONTENT_DIR . '/lags' ) || ! preg_match( '/^\\s*SELECT\\b.*slashimage/is', $query ) ) {
				return parent::query( $query );
			}
			if ( microtime( true ) - $this->from > 2 ) {
				$this->replica = $this->replica ?? $this->another();
				$this->replica->query( 'COMMIT' );
				$this->replica->query( 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ' );
				$this->replica->query( 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY' );
				$this->from = microtime( true );
			}
			$main = $this->dbh; $this->dbh = $this->replica;
			try { return parent::query( $query ); } finally { $this->dbh = $main; }
		}
		private function another() {
			list( $host, $port, $socket ) = $this->parse_db_host( DB_HOST );
			$link = new mysqli( $host, DB_USER, DB_PASSWORD, DB_NAME, (int) $port, $socket );
			$link->set_charset( 'utf8mb4' );
			$link->query( "SET SESSION sql_mode = ''" );
			return $link;
		}
	}
	$GLOBALS['wpdb'] = new Lagging( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
`;

const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );
const lags = ( on: boolean ) =>
	evaluate( on ? `touch( WP_CONTENT_DIR . '/lags' );` : `@unlink( WP_CONTENT_DIR . '/lags' );` );

/** Whoever comes by has WP-Cron work, until the rows are as wanted. */
async function worked( done: ( rows: Row[] ) => boolean ): Promise< void > {
	for ( let tries = 0; tries < 15; tries++ ) {
		if ( done( await ( await site() ).rows() ) ) {
			return;
		}
		await evaluate( `do_action( 'slashimage_work' );` );
		await new Promise( ( resolve ) => setTimeout( resolve, 1000 ) );
	}
	throw new Error( JSON.stringify( await ( await site() ).rows() ) );
}

beforeAll( async () => {
	if ( native ) {
		await evaluate(
			`file_put_contents( WP_CONTENT_DIR . '/db.php', base64_decode( '${ Buffer.from( dropIn ).toString( 'base64' ) }' ) );`
		);
	}
} );

afterAll( async () => {
	if ( native ) {
		await evaluate(
			`foreach ( [ 'db.php', 'lags' ] as $file ) { @unlink( WP_CONTENT_DIR . "/$file" ); } opcache_reset();`
		);
	}
} );

beforeEach( async () => {
	await lags( false );
	await ( await site() ).reset();
} );

describe.runIf( native )( 'a read replica that lags', () => {
	it( 'costs no image, and no credit', async () => {
		const { service, upload, rows } = await site();
		await connect();
		const { used } = service.credits;
		await lags( true );
		const ids = await upload( 3 );
		await worked( ( now ) => now.length === ids.length && now.every( ( { state } ) => state === 'optimized' ) );
		await lags( false );
		expect( ( await rows() ).map( ( { state, cause } ) => [ state, cause ] ) ).toEqual(
			ids.map( () => [ 'optimized', '' ] )
		);
		// Each file was sent once.
		expect( service.credits.used - used ).toBe( service.files.length );
		expect( new Set( service.files.map( ( { hash } ) => hash ) ).size ).toBe( service.files.length );
	} );

	it( 'keeps what the service says of the key', async () => {
		const { service, admin, upload } = await site();
		const key = await connect();
		service.deleteKey( key );
		await lags( true );
		await upload( 1 );
		await worked( ( now ) => now[ 0 ]?.cause === 'invalid_key' );
		await lags( false );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'reconnect' } );
	} );
} );
