import type { Manifest } from './manifest.ts';

/** Returns the plugin's main file: the header WordPress reads before it runs any of our code, and one require. */
export function mainFile( manifest: Manifest ): string {
	const header = {
		'Plugin Name': manifest.name,
		'Plugin URI': manifest.pluginUri,
		Description: manifest.description,
		Version: manifest.version,
		'Requires at least': manifest.requires.wordpress,
		'Requires PHP': manifest.requires.php,
		Author: manifest.author,
		'Author URI': manifest.authorUri,
		License: manifest.license,
		'Text Domain': manifest.slug,
		'Domain Path': '/languages',
	};
	const lines = Object.entries( header ).map( ( [ name, value ] ) => ` * ${ name }: ${ value }\n` );
	return `<?php\n/**\n${ lines.join( '' ) } */\n\ndefined( 'ABSPATH' ) || exit;\n\nrequire __DIR__ . '/host/load.php';\n`;
}

/** Returns the file WordPress runs when the plugin is deleted; it must stand at the top of the folder. */
export function uninstallFile(): string {
	return "<?php\ndefined( 'WP_UNINSTALL_PLUGIN' ) || exit;\n\nrequire __DIR__ . '/host/uninstall.php';\n";
}

/** Returns the readme WordPress's plugin screens read. */
export function readme( { name, description, version, license, requires }: Manifest ): string {
	return [
		`=== ${ name } ===`,
		`Requires at least: ${ requires.wordpress }`,
		`Requires PHP: ${ requires.php }`,
		`Stable tag: ${ version }`,
		`License: ${ license }`,
		'',
		`${ description }`,
		'',
	].join( '\n' );
}
