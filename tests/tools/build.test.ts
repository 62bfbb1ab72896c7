import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkBudgets, weigh } from '../../tools/budgets.ts';
import { buildFolder } from '../../tools/paths.ts';
import { pluginFiles, staleFiles, writeFiles } from '../../tools/plugin-files.ts';
import { packed } from '../../tools/zip.ts';

let folder: string;

beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'slashimage-' ) );
	// The scripts as built, the rest as the sources are.
	cpSync( buildFolder, folder, { recursive: true } );
	writeFiles( folder, pluginFiles( folder ) );
} );
afterEach( () => rmSync( folder, { recursive: true } ) );

describe( 'staleFiles', () => {
	test.each( [
		'host/generated/decisions.php',
		'host/generated/manifest.php',
		'slashimage.php',
		'languages/slashimage.pot',
	] )( 'names %s when it is not what the sources say', ( path ) => {
		writeFileSync( join( folder, path ), '<?php return [];' );
		expect( staleFiles( folder ) ).toEqual( [ path ] );
		rmSync( join( folder, path ) );
		expect( staleFiles( folder ) ).toEqual( [ path ] );
	} );

	test( 'names PHP that no source gives any more', () => {
		mkdirSync( join( folder, 'host/old' ) );
		writeFileSync( join( folder, 'host/old/left-over.php' ), '<?php' );
		expect( staleFiles( folder ) ).toEqual( [ 'host/old/left-over.php' ] );
	} );

	test( 'finds nothing in the build these tests run on', () => {
		expect( staleFiles( buildFolder ) ).toEqual( [] );
	} );
} );

describe( 'checkBudgets', () => {
	const budget = { name: 'notices', files: [ 'notices.js', 'none.css' ], limit: 2000 };

	test( 'throws for what is too heavy, with its weight', () => {
		const noise = Array.from( { length: 2000 }, ( _, index ) => Math.sin( index ) ).join();
		writeFileSync( join( folder, 'notices.js' ), noise );
		const weight = weigh( folder, budget.files );
		expect( () => checkBudgets( folder, [ budget ] ) ).toThrow( `notices: ${ weight } bytes, under 2000 allowed` );
	} );

	test( 'takes the build these tests run on', () => {
		expect( () => checkBudgets( buildFolder ) ).not.toThrow();
	} );
} );

describe( 'packed', () => {
	test( 'refuses a stale build', () => {
		writeFileSync( join( folder, 'slashimage.php' ), '' );
		expect( () => packed( folder, 'slashimage' ) ).toThrow( 'Stale, run the build: slashimage.php' );
	} );

	test.each( [ 'notices.js.map', 'notices.ts', 'photo.png' ] )( 'refuses %s', ( name ) => {
		writeFileSync( join( folder, name ), '' );
		expect( () => packed( folder, 'slashimage' ) ).toThrow( `Not part of the plugin: ${ name }` );
	} );

	test( 'refuses to grow out of bounds', () => {
		const noise = crypto.getRandomValues( new Uint8Array( 60_000 ) );
		[ 'a', 'b', 'c', 'd', 'e' ].forEach( ( name ) => writeFileSync( join( folder, `${ name }.txt` ), noise ) );
		expect( () => packed( folder, 'slashimage' ) ).toThrow( /under 300000 are allowed/ );
	} );

	test( 'gives the same bytes twice, in one folder of the name of the plugin', () => {
		const zip = packed( folder, 'slashimage' );
		writeFileSync( join( folder, 'notices.js' ), readFileSync( join( folder, 'notices.js' ) ) );
		expect( Buffer.from( packed( folder, 'slashimage' ) ).equals( zip ) ).toBe( true );
		const names = Object.keys( unzipSync( zip ) );
		expect( names ).toContain( 'slashimage/slashimage.php' );
		expect( names ).toContain( 'slashimage/host/generated/decisions.php' );
		expect( names.every( ( name ) => name.startsWith( 'slashimage/' ) ) ).toBe( true );
	} );
} );

test( 'the build has no source maps', () => {
	expect( globSync( '**/*.map', { cwd: buildFolder } ) ).toEqual( [] );
} );

test.each( [
	[ 'notices', [ 'wp-api-fetch', 'wp-i18n' ] ],
	[ 'status', [ 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ] ],
] )( 'the script of %s asks WordPress for nothing more than it needs', ( room, scripts ) => {
	const asset = readFileSync( join( buildFolder, `${ room }.asset.php` ), 'utf8' );
	const list = scripts.map( ( name ) => `'${ name }'` ).join( ', ' );
	expect( asset ).toContain( `'dependencies' => array(${ list })` );
} );
