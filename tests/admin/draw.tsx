import { setup } from '@wordpress/a11y';
import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect } from 'vitest';
import { Screen } from '../../src/admin/screen.tsx';
import { timing as usual, type Timing } from '../../src/admin/timing.ts';
import type { Connection, Settings, Summary } from '../../src/validation/schemas.ts';
import { page, settings, summary } from './fixtures.ts';
import { startSite, useSite, type Site } from './site.ts';

// What is on screen and what is spoken are asked for apart.
configure( { defaultIgnore: 'script, style, .a11y-speak-region', asyncUtilTimeout: 4_000 } );

// jsdom has none; WordPress's components ask for the width of the window.
window.matchMedia ??= ( media ) => Object.assign( new EventTarget(), { matches: false, media } ) as MediaQueryList;

export interface Drawn {
	site: Site;
	user: UserEvent;
	leave: () => void;
}

let site: Site;

beforeEach( async () => {
	document.body.innerHTML = '';
	setup();
	site = await startSite();
	useSite( site );
} );

afterEach( async () => {
	cleanup();
	show( true );
	await site.stop();
} );

/** Draws the screen as a page load does, with a real site behind it that answers what the page was told. */
export function draw(
	connection: Connection,
	counts: Summary = summary(),
	timing: Partial< Timing > = {},
	mails: Settings = settings()
): Drawn {
	site.answer( 'GET /connection', { body: connection } );
	site.answer( 'GET /images/summary', { body: counts } );
	site.answer( 'GET /doctor', { body: { results: [] } } );
	const drawn = <Screen page={ page( connection, counts, mails ) } timing={ { ...usual, ...timing } } />;
	const { unmount } = render( drawn );
	return { site, user: userEvent.setup(), leave: unmount };
}

/** Hides or shows the tab. */
export function show( visible: boolean ): void {
	Object.defineProperty( document, 'hidden', { value: ! visible, configurable: true } );
	act( () => void document.dispatchEvent( new Event( 'visibilitychange' ) ) );
}

export const field = (): HTMLInputElement => screen.getByRole( 'textbox', { name: 'API key' } );
export const button = ( name: string ): HTMLElement => screen.getByRole( 'button', { name } );
export const wait = ( ms: number ): Promise< void > =>
	act( () => new Promise< void >( ( resolve ) => void setTimeout( resolve, ms ) ) );

/** Puts a text into the key field the way people do. */
export async function paste( user: UserEvent, text: string ): Promise< void > {
	await user.click( field() );
	await user.paste( text );
}

/** What a screen reader was told last. */
export const spoken = (): string =>
	[ ...document.querySelectorAll( '.a11y-speak-region' ) ].map( ( region ) => region.textContent ).join( '' );

/** Collects all that a screen reader is told from now on. */
export function listen(): string[] {
	const said: string[] = [];
	const observer = new MutationObserver( () => void said.push( spoken().trim() ) );
	for ( const region of document.querySelectorAll( '.a11y-speak-region' ) ) {
		observer.observe( region, { childList: true } );
	}
	return said;
}

/** Waits until a screen reader is told something. */
export const heard = ( text: string ): Promise< void > => waitFor( () => expect( spoken() ).toContain( text ) );

/** Waits until something has the focus. */
export const focused = ( element: () => HTMLElement ): Promise< void > =>
	waitFor( () => expect( document.activeElement ).toBe( element() ) );

export const posts = ( { requests }: Site ): string[] => requests.filter( ( line ) => ! line.startsWith( 'GET' ) );
