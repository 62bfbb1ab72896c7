import * as z from 'zod';
import plugin from '../plugin.json' with { type: 'json' };

const slug = z.string().regex( /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens' );
const version = z.string().regex( /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/i, 'expected a version like 1.2.3' );
const minimum = z.string().regex( /^\d+\.\d+(?:\.\d+)?$/, 'expected a version like 6.8' );
const name = z.string().regex( /^[A-Z][A-Z0-9_]*$/, 'expected a name like SLASHIMAGE_API_KEY' );
const https = z.url( { protocol: /^https$/, hostname: z.regexes.domain, error: 'expected an https address' } );
const mail = z.string().regex( /^mailto:[^\s@]+@[^\s@]+$/, 'expected an https or mailto address' );

// It stands in a PHP comment, one line each.
const line = z.string().regex( /^(?!.*\*\/).+$/, 'expected one line of text without "*/"' );

const manifestSchema = z.strictObject( {
	name: line,
	slug,
	version,
	description: line,
	author: line,
	authorUri: https,
	pluginUri: https,
	license: line,
	requires: z.strictObject( { wordpress: minimum, php: minimum } ),
	menu: z.strictObject( {
		parent: z.string().regex( /^[a-z-]+\.php$/, 'expected a screen like upload.php' ),
		slug,
		capability: z.string().regex( /^[a-z_]+$/, 'expected a capability like manage_options' ),
	} ),
	restNamespace: z.string().regex( /^[a-z0-9-]+\/v\d+$/, 'expected a namespace like slashimage/v1' ),
	service: z.strictObject( { url: https, urlConstant: name } ),
	key: z.strictObject( { constant: name, environment: name } ),
	optimizing: z.strictObject( { constant: name } ),
	links: z.strictObject( {
		dashboard: https,
		keys: https,
		changeKey: https,
		invalidKey: https,
		support: z.union( [ https, mail ], 'expected an https or mailto address' ),
	} ),
} );

export type Manifest = z.infer< typeof manifestSchema >;

/**
 * Reads the text of plugin.json. Returns the manifest, or throws an error that names every wrong field, because all of
 * it ends in generated PHP where a mistake shows up as a plugin that silently does something else.
 */
export function readManifest( value: unknown ): Manifest {
	const read = manifestSchema.safeParse( value );
	if ( read.success ) {
		return read.data;
	}
	const lines = read.error.issues.map( ( issue ) => {
		const message = issue.message.replace( /^Invalid input: /, '' );
		return `plugin.json: ${ issue.path.join( '.' ) || '(all)' }: ${ message }`;
	} );
	throw new Error( lines.join( '\n' ) );
}

export const manifest = readManifest( plugin );
