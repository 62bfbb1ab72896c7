import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startService } from './server.ts';

const { values } = parseArgs( {
	options: {
		port: { type: 'string', default: '8882' },
		database: {
			type: 'string',
			default: fileURLToPath( new URL( '../../.cache/service.sqlite', import.meta.url ) ),
		},
	},
} );

const port = Number( values.port );
if ( ! Number.isInteger( port ) || port < 0 || port > 65_535 ) {
	console.error( `--port takes a number from 0 to 65535, not "${ values.port }".` );
	process.exit( 1 );
}

const service = await startService( { port, database: values.database } );
console.log( `SlashImage API        ${ service.url }` );
console.log( `SlashImage dashboard  ${ service.dashboardUrl }` );

for ( const signal of [ 'SIGINT', 'SIGTERM' ] as const ) {
	// A second signal, while files are still being worked on, ends the process the usual way.
	process.once( signal, () => void service.close() );
}
