import { defineConfig } from 'vitest/config';

const units = [ 'validation', 'client', 'admin', 'doctor', 'network', 'notices', 'status', 'tools', 'service' ];

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

// In WebAssembly a request takes a second. These say nothing there that the others do not: `npm run test:native` runs
// them, on real servers.
const nativeOnly = [
	'tests/browser/{coming-back,doctor,fronts,holds,media-*,network}.test.ts',
	'tests/wordpress/crash/*.test.ts',
	'tests/wordpress/{bubble,claims,complete,editors,events,fronts,health,holds,hostile,kept,loopback,network-uploads,object-cache,offload,one-write,origin,originals,outage,pictures,replica,rollback,same-picture}.test.ts',
	'tests/wordpress/{routes,secrets,site-identity,storage,stored,strangers,stream,table,timeouts,transport,unchecked,update,vault,withdrawal,worker-error}.test.ts',
];

const slow = ( name: string, groupOrder: number, sites: number, setupFiles: string[] = [] ) => ( {
	test: {
		name,
		setupFiles,
		include: [ `tests/${ name }/**/*.test.ts` ],
		exclude: native ? [] : nativeOnly,
		// A site and a service a worker, shared by the files it runs one after the other.
		maxWorkers: sites,
		isolate: false,
		sequence: { groupOrder },
		// A request to itself may be lost among the few workers of a site in WebAssembly, and a busy machine has processes
		// wait for seconds. The last lines name what needed its second try.
		retry: 1,
		testTimeout: 60_000,
		hookTimeout: 180_000,
	},
} );

export default defineConfig( {
	test: {
		// The second one prints the last line, `N passed, N failed`.
		reporters: [ 'default', './tools/test-reporter.ts' ],
		projects: [
			{
				test: {
					name: 'unit',
					setupFiles: [ 'tests/support/page-timers.ts' ],
					// Files about the page start with `// @vitest-environment jsdom`.
					include: units.map( ( name ) => `tests/${ name }/**/*.test.{ts,tsx}` ),
					sequence: { groupOrder: 0 },
				},
			},
			slow( 'wordpress', 1, 2, native ? [ 'tests/wordpress/guard.ts' ] : [] ),
			slow( 'browser', 2, 1 ),
		],
	},
} );
