import { describe, expect, test } from 'vitest';
import plugin from '../../plugin.json' with { type: 'json' };
import { mainFile } from '../../tools/main-file.ts';
import { manifest, readManifest } from '../../tools/manifest.ts';

describe( 'readManifest', () => {
	test.each< [ string, object, string ] >( [
		[
			'a missing field',
			{ menu: { parent: 'upload.php', slug: 'slashimage' } },
			'menu.capability: expected string',
		],
		[ 'a wrong type', { name: 3 }, 'name: expected string, received number' ],
		[ 'an unknown field', { colour: 'red' }, '(all): Unrecognized key: "colour"' ],
		[
			'an unknown field inside',
			{ requires: { ...plugin.requires, mysql: '8' } },
			'requires: Unrecognized key: "mysql"',
		],
		[
			'plain http',
			{ service: { ...plugin.service, url: 'http://api.slashimage.com' } },
			'service.url: expected an https address',
		],
		[
			'a help page over http',
			{ links: { ...plugin.links, keys: 'http://x.com' } },
			'links.keys: expected an https address',
		],
		[
			'a scheme that runs',
			{ links: { ...plugin.links, support: 'javascript:alert(1)' } },
			'links.support: expected an https or mailto address',
		],
		[ 'a version of two parts', { version: '1.2' }, 'version: expected a version like 1.2.3' ],
		[ 'a slug that is no folder', { slug: 'Slash Image' }, 'slug: expected lower-case words joined by hyphens' ],
		[
			'a constant in lower case',
			{ key: { ...plugin.key, constant: 'api-key' } },
			'key.constant: expected a name like SLASHIMAGE_API_KEY',
		],
		[
			'an environment name with a space',
			{ key: { ...plugin.key, environment: 'API KEY' } },
			'key.environment: expected a name like SLASHIMAGE_API_KEY',
		],
		[
			'a name that ends the PHP comment',
			{ name: 'Slash */ die;' },
			'name: expected one line of text without "*/"',
		],
		[
			'a description of two lines',
			{ description: 'a\nPlugin Name: b' },
			'description: expected one line of text without "*/"',
		],
	] )( '%s is an error that names the field', ( _, change, expected ) => {
		expect( () => readManifest( { ...plugin, ...change } ) ).toThrow( `plugin.json: ${ expected }` );
	} );

	test( 'names every wrong field at once', () => {
		expect( () => readManifest( { ...plugin, version: 1, slug: 2 } ) ).toThrow(
			/plugin\.json: slug.*\nplugin\.json: version/
		);
	} );

	test( 'returns the manifest of this plugin', () => {
		expect( readManifest( plugin ) ).toEqual( plugin );
	} );
} );

test( 'mainFile has the header WordPress reads, and one require', () => {
	expect( mainFile( manifest ).split( '\n' ) ).toEqual( [
		'<?php',
		'/**',
		' * Plugin Name: SlashImage',
		` * Plugin URI: ${ plugin.pluginUri }`,
		` * Description: ${ plugin.description }`,
		` * Version: ${ plugin.version }`,
		` * Requires at least: ${ plugin.requires.wordpress }`,
		` * Requires PHP: ${ plugin.requires.php }`,
		` * Author: ${ plugin.author }`,
		` * Author URI: ${ plugin.authorUri }`,
		` * License: ${ plugin.license }`,
		' * Text Domain: slashimage',
		' * Domain Path: /languages',
		' */',
		'',
		"defined( 'ABSPATH' ) || exit;",
		'',
		"require __DIR__ . '/host/load.php';",
		'',
	] );
} );
