import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './queue.ts';
import { site } from './site.ts';

// A persistent object cache that loses what it is told.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** Keeps the options in a file, as a cache on another machine does; while `lossy` is there it forgets every change. */
const dropIn = `<?php
	class WP_Object_Cache {
		public $cache_hits = 0; public $cache_misses = 0; private $here = []; private $prefix = '';
		private function file() { return WP_CONTENT_DIR . '/cache-of-options'; }
		private function shared() { $text = (string) @file_get_contents( $this->file() ); return '' === $text ? [] : (array) unserialize( $text ); }
		private function keep( $all ) { if ( ! is_file( WP_CONTENT_DIR . '/lossy' ) ) { file_put_contents( $this->file(), serialize( $all ), LOCK_EX ); } }
		public function get( $key, $group = '', $force = false, &$found = null ) {
			$group = $group ?: 'default';
			if ( 'options' === $group && ! isset( $this->here[ $group ][ $key ] ) ) { $all = $this->shared(); if ( isset( $all[ $key ] ) ) { $this->here[ $group ][ $key ] = $all[ $key ]; } }
			$found = isset( $this->here[ $group ][ $key ] );
			$value = $found ? $this->here[ $group ][ $key ] : false;
			return is_object( $value ) ? clone $value : $value;
		}
		public function set( $key, $value, $group = '', $expire = 0 ) { $group = $group ?: 'default'; $this->here[ $group ][ $key ] = $value; if ( 'options' === $group ) { $all = $this->shared(); $all[ $key ] = $value; $this->keep( $all ); } return true; }
		public function add( $key, $value, $group = '', $expire = 0 ) { $this->get( $key, $group, false, $found ); return $found ? false : $this->set( $key, $value, $group ); }
		public function replace( $key, $value, $group = '', $expire = 0 ) { $this->get( $key, $group, false, $found ); return $found ? $this->set( $key, $value, $group ) : false; }
		public function delete( $key, $group = '' ) { $group = $group ?: 'default'; unset( $this->here[ $group ][ $key ] ); if ( 'options' === $group ) { $all = $this->shared(); unset( $all[ $key ] ); $this->keep( $all ); } return true; }
		public function flush() { $this->here = []; $this->keep( [] ); return true; }
		public function flush_group( $group ) { unset( $this->here[ $group ] ); return true; }
		public function incr( $key, $offset = 1, $group = '' ) { $value = (int) $this->get( $key, $group ) + $offset; $this->set( $key, $value, $group ); return $value; }
		public function __get( $name ) { return []; }
	}
	function wp_cache_init() { $GLOBALS['wp_object_cache'] = new WP_Object_Cache(); }
	function wp_cache_get( ...$a ) { $found = null; return $GLOBALS['wp_object_cache']->get( ...$a ); }
	function wp_cache_get_multiple( $keys, $group = '', $force = false ) { $out = []; foreach ( $keys as $key ) { $out[ $key ] = wp_cache_get( $key, $group ); } return $out; }
	function wp_cache_set( ...$a ) { return $GLOBALS['wp_object_cache']->set( ...$a ); }
	function wp_cache_set_multiple( array $data, $group = '', $expire = 0 ) { foreach ( $data as $key => $value ) { wp_cache_set( $key, $value, $group ); } return array_fill_keys( array_keys( $data ), true ); }
	function wp_cache_add( ...$a ) { return $GLOBALS['wp_object_cache']->add( ...$a ); }
	function wp_cache_add_multiple( array $data, $group = '', $expire = 0 ) { foreach ( $data as $key => $value ) { wp_cache_add( $key, $value, $group ); } return array_fill_keys( array_keys( $data ), true ); }
	function wp_cache_replace( ...$a ) { return $GLOBALS['wp_object_cache']->replace( ...$a ); }
	function wp_cache_delete( ...$a ) { return $GLOBALS['wp_object_cache']->delete( ...$a ); }
	function wp_cache_delete_multiple( array $keys, $group = '' ) { foreach ( $keys as $key ) { wp_cache_delete( $key, $group ); } return []; }
	function wp_cache_incr( ...$a ) { return $GLOBALS['wp_object_cache']->incr( ...$a ); }
	function wp_cache_decr( $key, $offset = 1, $group = '' ) { return $GLOBALS['wp_object_cache']->incr( $key, -$offset, $group ); }
	function wp_cache_flush() { return $GLOBALS['wp_object_cache']->flush(); }
	function wp_cache_flush_runtime() { return true; }
	function wp_cache_flush_group( $group ) { return $GLOBALS['wp_object_cache']->flush_group( $group ); }
	function wp_cache_supports( $feature ) { return in_array( $feature, [ 'get_multiple', 'flush_runtime', 'flush_group' ], true ); }
	function wp_cache_close() { return true; }
	function wp_cache_add_global_groups( $groups ) {}
	function wp_cache_add_non_persistent_groups( $groups ) {}
	function wp_cache_switch_to_blog( $id ) {}
	function wp_cache_reset() {}
`;

const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );
const forgets = ( lossy: boolean ) =>
	evaluate( lossy ? `touch( WP_CONTENT_DIR . '/lossy' );` : `@unlink( WP_CONTENT_DIR . '/lossy' );` );

beforeAll( async () => {
	if ( native ) {
		await evaluate(
			`file_put_contents( WP_CONTENT_DIR . '/object-cache.php', base64_decode( '${ Buffer.from( dropIn ).toString( 'base64' ) }' ) );`
		);
	}
} );

afterAll( async () => {
	if ( native ) {
		await evaluate(
			`foreach ( [ 'object-cache.php', 'cache-of-options', 'lossy' ] as $file ) { @unlink( WP_CONTENT_DIR . "/$file" ); } opcache_reset();`
		);
		await ( await site() ).reset();
	}
} );

beforeEach( async () => {
	await forgets( false );
	await ( await site() ).reset();
} );

describe.runIf( native )( 'an object cache that lost a change of the connection', () => {
	it( 'is put right by the next check, though that finds nothing new', async () => {
		const { service, admin } = await site();
		const key = await connect();
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'connected' } );
		service.deleteKey( key );
		await forgets( true );
		await admin.rest( 'POST', '/connection/check', {} );
		await forgets( false );
		// Every screen goes by the cache.
		expect(
			await evaluate(
				`return [ SlashImage\\Connection::get()['state'], SlashImage\\Connection::fresh()['state'] ];`
			)
		).toEqual( [ 'connected', 'reconnect' ] );
		await evaluate( `do_action( 'slashimage_check' );` );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'reconnect' } );
	} );

	it( 'does not keep the answer to whoever made it from being right', async () => {
		const { service, admin } = await site();
		const key = await connect();
		service.deleteKey( key );
		await forgets( true );
		expect( ( await admin.rest( 'POST', '/connection/check', {} ) ).body ).toMatchObject( { state: 'reconnect' } );
		await forgets( false );
	} );
} );
