// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { button, draw } from './draw.tsx';
import { connected } from './fixtures.ts';

const scripts = () => [ ...document.querySelectorAll< HTMLScriptElement >( 'script[src$="doctor.js"]' ) ];

it( 'loads the doctor when the checks are unfolded, says so when that fails, and tries again', async () => {
	const { user } = draw( connected() );
	expect( scripts() ).toEqual( [] );
	await user.click( button( 'Checks' ) );
	expect( scripts() ).toHaveLength( 1 );
	expect( document.querySelectorAll( 'link[href$="doctor.css"]' ) ).toHaveLength( 1 );
	// jsdom loads nothing by itself: this is what a browser does without a network.
	scripts()[ 0 ]?.dispatchEvent( new Event( 'error' ) );
	await screen.findByText( 'The checks could not be loaded. Reload the page, then try again.' );
	await user.click( button( 'Checks' ) );
	await user.click( button( 'Checks' ) );
	await waitFor( () => expect( scripts() ).toHaveLength( 1 ) );
	// And this with one.
	await import( '../../src/doctor/index.ts' );
	scripts()[ 0 ]?.dispatchEvent( new Event( 'load' ) );
	await screen.findByRole( 'button', { name: 'Run checks' } );
} );
