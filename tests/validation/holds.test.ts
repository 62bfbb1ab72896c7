import { describe, expect, it } from 'vitest';
import plugin from '../../plugin.json' with { type: 'json' };
import { findings } from '../../src/validation/doctor.ts';
import { holdReasons, holds } from '../../src/validation/holds.ts';
import { outcomes, type Outcome } from '../../src/validation/outcomes.ts';
import { reportWords } from '../../src/validation/report.ts';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { bubbleSentences, healthSentences } from '../../src/validation/sentences.ts';

const all = Object.entries< Outcome >( outcomes );
const holding = ( reason: string ) => all.filter( ( [ , { hold } ] ) => hold === reason ).map( ( [ code ] ) => code );

describe( 'the holds', () => {
	it( 'are in order of gravity: what a person has to see to stands before what ends by itself', () => {
		expect( holdReasons ).toEqual( [ 'off', 'site', 'error', 'storage', 'credits', 'service', 'background' ] );
		const lifted = holdReasons.map( ( reason ) => holds[ reason ].lifted );
		expect( lifted ).toEqual( [ 'configuration', 'person', 'time', 'time', 'time', 'time', 'check' ] );
	} );

	it( 'come from these outcomes', () => {
		expect( holding( 'off' ) ).toEqual( [ 'switched_off' ] );
		expect( holding( 'site' ) ).toEqual( [ 'another_site', 'another_environment' ] );
		expect( holding( 'error' ) ).toEqual( [ 'worker_error' ] );
		expect( holding( 'storage' ) ).toEqual( [ 'not_writable', 'disk_full', 'write_failed' ] );
		expect( holding( 'background' ) ).toEqual( [ 'work_ended' ] );
		expect( holding( 'credits' ) ).toEqual( [ 'monthly_limit_reached', 'credit_limit_reached' ] );
		expect( holding( 'service' ).length ).toBeGreaterThan( 5 );
	} );

	it( 'let every image wait: none fails for what holds them all', () => {
		for ( const [ code, { hold, image, connection } ] of all ) {
			expect( [ code, image, connection ] ).toEqual(
				hold ? [ code, 'waiting', 'unchanged' ] : [ code, image, connection ]
			);
		}
	} );

	it( 'have an end where time lifts them', () => {
		for ( const [ code, { hold, retry } ] of all ) {
			const ends = hold !== undefined && holds[ hold ].lifted === 'time';
			expect( [ code, ends && ! [ 'later', 'retry_after', 'credits' ].includes( retry ) ] ).toEqual( [
				code,
				false,
			] );
		}
	} );

	it.each( holdReasons )( '%s is found by the doctor, and has its words where it is told', ( reason ) => {
		expect( findings ).toHaveProperty( `hold_${ reason }.check`, 'queue' );
		expect( [ 'time', 'check' ].includes( holds[ reason ].lifted ) || holds[ reason ].lifted in reportWords ).toBe(
			true
		);
		expect( reason in bubbleSentences ).toBe( holds[ reason ].bubble );
		expect( `${ reason }_label` in healthSentences ).toBe( holds[ reason ].health );
	} );
} );

it( 'names the constant that switches optimizing off as plugin.json does', () => {
	expect( findings.hold_off.seen ).toContain( plugin.optimizing.constant );
	expect( hostSentences.switched_off ).toContain( '%1$s' );
} );

it.each( [ 'no_image', 'invalid_params' ] as const )(
	'%s is about the file: it holds nobody else, and gives up',
	( code ) => {
		const { hold, givesUp, image }: Outcome = outcomes[ code ];
		expect( { hold, givesUp, image } ).toEqual( { hold: undefined, givesUp: 'rejected', image: 'waiting' } );
	}
);

it( 'never gives an image up for the memory, and lets only that image wait', () => {
	const { hold, givesUp, image }: Outcome = outcomes.memory_short;
	expect( { hold, givesUp, image } ).toEqual( { hold: undefined, givesUp: undefined, image: 'waiting' } );
} );
