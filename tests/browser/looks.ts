import type { Page } from 'playwright-core';

/** The questions a page asks by itself about the plugin, while it is open. */
export interface Looks {
	/** When each began, in milliseconds. */
	times: () => number[];
	/** What each asked for: its path and query behind the namespace. */
	paths: () => string[];
	forget: () => void;
}

export function looksOf( page: Page ): Looks {
	let all: { at: number; path: string }[] = [];
	page.on( 'request', ( request ) => {
		const path = request.url().split( '/slashimage/v1' )[ 1 ];
		if ( path && request.method() === 'GET' ) {
			// Without what keeps it from a cache.
			all.push( { at: Date.now(), path: decodeURIComponent( path ).replace( /_=\d+&/, '' ) } );
		}
	} );
	return {
		times: () => all.map( ( { at } ) => at ),
		paths: () => all.map( ( { path } ) => path ),
		forget: () => {
			all = [];
		},
	};
}

/** Has a page believe that its tab was put into the background, or back: a headless browser draws all of them. */
export const hide = ( page: Page, isHidden: boolean ) =>
	page.evaluate( ( hidden ) => {
		Object.defineProperties( document, {
			hidden: { configurable: true, get: () => hidden },
			visibilityState: { configurable: true, get: () => ( hidden ? 'hidden' : 'visible' ) },
		} );
		document.dispatchEvent( new Event( 'visibilitychange' ) );
	}, isHidden );
