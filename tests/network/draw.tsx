import { act, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach } from 'vitest';
import { Screen } from '../../src/network/screen.tsx';
import { timing as usual, type Timing } from '../../src/network/timing.ts';
import type { Network } from '../../src/validation/network-schemas.ts';
import '../admin/draw.tsx';
import { startSite, useSite, type Site } from '../admin/site.ts';
import { page } from './fixtures.ts';

export interface Drawn {
	site: Site;
	user: UserEvent;
	leave: () => void;
}

let site: Site;

beforeEach( async () => {
	site = await startSite();
	useSite( site );
} );
afterEach( () => site.stop() );

/** Draws the network screen as a page load does, with a real main site behind it that answers what the page was told. */
export function draw( network: Network, timing: Partial< Timing > = {} ): Drawn {
	site.answer( 'GET /network', { body: network } );
	let leave = () => {};
	act( () => {
		leave = render( <Screen page={ page( network ) } timing={ { ...usual, ...timing } } /> ).unmount;
	} );
	return { site, user: userEvent.setup(), leave };
}
