import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Site } from '../wordpress/site.ts';

const repository = resolve( import.meta.dirname, '../..' );

// The ones in docs/ are committed, so they are drawn anew only when asked for.
const pictures = join( repository, process.env[ 'PICTURES' ] === '1' ? 'docs/pictures' : '.cache/pictures' );

/** The administrator at a browser: one window, a clipboard, eyes for the console and ears for what is announced. */
export interface Person {
	page: Page;
	context: BrowserContext;
	/** What went wrong on the pages so far: script errors and the console's. */
	problems: string[];
	/** Opens a page of the administration. */
	go: ( path: string ) => Promise< void >;
	/** Puts a text on the clipboard and presses the keys that paste it, wherever the focus is. */
	paste: ( text: string ) => Promise< void >;
	/** Everything a screen reader was given to say since the page was opened. */
	heard: () => Promise< string[] >;
	/** Keeps a picture of the page, from its top to a little below the lowest of these parts. */
	picture: ( name: string, ...parts: Locator[] ) => Promise< void >;
}

/** Opens a window, logged in: core's login form is not what is looked at here. */
export async function personAt( browser: Browser, { wp, admin }: Pick< Site, 'wp' | 'admin' > ): Promise< Person > {
	const context = await browser.newContext( {
		viewport: { width: 1100, height: 800 },
		permissions: [ 'clipboard-read', 'clipboard-write' ],
		reducedMotion: 'reduce',
	} );
	context.setDefaultTimeout( 20_000 );
	await context.addCookies( cookies( admin.cookie, wp.url ) );
	await context.addInitScript( listen );
	const page = await context.newPage();
	return {
		page,
		context,
		problems: problemsOf( page ),
		go: async ( path ) => {
			await page.goto( `${ wp.url }/wp-admin/${ path }`, { waitUntil: 'domcontentloaded' } );
		},
		paste: async ( text ) => {
			await page.evaluate( ( copied ) => navigator.clipboard.writeText( copied ), text );
			await page.keyboard.press( 'ControlOrMeta+V' );
		},
		heard: () => page.evaluate( () => ( window as { heard?: string[] } ).heard ?? [] ),
		picture: ( name, ...parts ) => draw( page, name, parts ),
	};
}

const cookies = ( header: string, url: string ) =>
	header.split( '; ' ).map( ( cookie ) => {
		const [ name = '', value = '' ] = cookie.split( '=', 2 );
		return { name, value, url };
	} );

const expected = [
	// A browser logs every refusal of our REST routes as an error. Those are answers, and the tests look at them.
	'wp-json/slashimage',
	// Where WordPress's own scripts ask for another nonce when a session has ended.
	'admin-ajax.php?action=rest-nonce',
	// Core gets pictures of emoji from there for a browser without a font that has them, and those of the editor's welcome.
	// Offline it gets none.
	's.w.org/images',
];

function problemsOf( page: Page ): string[] {
	const problems: string[] = [];
	page.on( 'pageerror', ( error ) => problems.push( error.message ) );
	page.on( 'console', ( message ) => {
		const { url } = message.location();
		if ( message.type() === 'error' && ! expected.some( ( part ) => url.includes( part ) ) ) {
			problems.push( `${ message.text() } ${ url }` );
		}
	} );
	return problems;
}

async function draw( page: Page, name: string, parts: Locator[] ): Promise< void > {
	const { width = 0 } = page.viewportSize() ?? {};
	// Below the toolbar, in the margin: nothing unfolds or lights up under the pointer there.
	await page.mouse.move( width / 2, 52 );
	// The toolbar and the menu keep to the top of what is seen.
	await page.evaluate( () => window.scrollTo( 0, 0 ) );
	const boxes = await Promise.all( parts.map( ( part ) => part.boundingBox() ) );
	const scrolled = await page.evaluate( () => window.scrollY );
	const height =
		Math.ceil( scrolled + Math.max( 0, ...boxes.map( ( box ) => ( box ? box.y + box.height : 0 ) ) ) ) + 24;
	mkdirSync( pictures, { recursive: true } );
	const picture = await page.screenshot( { fullPage: true, clip: { x: 0, y: 0, width, height } } );
	// Photographs are in them, and the repository keeps every version.
	await sharp( picture )
		.webp( { quality: 85 } )
		.toFile( join( pictures, `${ name }.webp` ) );
}

/** Runs in the page, before its own scripts: keeps what the live regions say, each of which overwrites the last. */
function listen(): void {
	const heard: string[] = [];
	Object.assign( window, { heard } );
	const hear = ( region: Element | null | undefined ) => {
		const said = region?.textContent?.trim();
		if ( said && said !== heard.at( -1 ) ) {
			heard.push( said );
		}
	};
	const look = ( { target, addedNodes }: MutationRecord ) => {
		const element = target instanceof Element ? target : target.parentElement;
		hear( element?.closest( '#a11y-speak-polite, #a11y-speak-assertive, [role="status"], [role="alert"]' ) );
		// An alert is read when it comes, too; a status only when it changes.
		for ( const added of addedNodes ) {
			hear( added instanceof Element && added.matches( '[role="alert"]' ) ? added : null );
		}
	};
	new MutationObserver( ( changes ) => changes.forEach( look ) ).observe( document, {
		childList: true,
		characterData: true,
		subtree: true,
	} );
}
