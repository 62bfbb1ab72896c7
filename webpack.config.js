import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import wordpress from '@wordpress/scripts/config/webpack.config.js';
import manifest from './plugin.json' with { type: 'json' };

const root = import.meta.dirname;

/** Every folder of src with an index.ts(x) is a script of its own, named as the folder. */
function entries() {
	const found = readdirSync( resolve( root, 'src' ) ).flatMap( ( name ) =>
		[ 'index.ts', 'index.tsx' ]
			.map( ( file ) => resolve( root, 'src', name, file ) )
			.filter( existsSync )
			.map( ( file ) => [ name, file ] )
	);
	return Object.fromEntries( found );
}

/**
 * Completes the plugin beside the scripts after each build. In a process of its own, because a watching webpack would
 * see the first version of every imported module forever.
 */
class AssemblePlugin {
	apply( compiler ) {
		const { warn } = compiler.getInfrastructureLogger( 'assemble' );
		compiler.hooks.afterEmit.tap( 'AssemblePlugin', ( compilation ) => {
			const watched = [ 'src', 'tools', 'languages' ].map( ( name ) => resolve( root, name ) );
			compilation.contextDependencies.addAll( watched );
			compilation.fileDependencies.add( resolve( root, 'plugin.json' ) );
			if ( compilation.errors.length ) {
				warn( 'Not assembled: the scripts have errors.' );
				return;
			}
			try {
				execFileSync( process.execPath, [ resolve( root, 'tools/assemble.ts' ) ], { stdio: 'inherit' } );
			} catch {
				compilation.errors.push( new Error( 'The plugin could not be assembled, see above.' ) );
			}
		} );
	}
}

// The comments for translators weigh, and nobody reads them in the scripts: tools/languages takes them from the sources.
const [ terser ] = wordpress.optimization.minimizer;
terser.options.minimizer.options.output.comments = false;

export default {
	...wordpress,
	entry: entries,
	output: {
		...wordpress.output,
		path: resolve( root, 'build', manifest.slug ),
		// The folder is a running plugin: only what webpack wrote may vanish for a moment, never its PHP.
		clean: { keep: ( path ) => path.includes( '/' ) || ! /\.(?:js|css|asset\.php|map)$/.test( path ) },
	},
	plugins: [ ...wordpress.plugins, new AssemblePlugin() ],
};
