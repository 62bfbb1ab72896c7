import axe from 'axe-core';
import type { Page } from 'playwright-core';

const tags = [ 'wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa' ];

/**
 * Says what is wrong with parts of a page, at a desktop's and at a phone's width, one line each: what axe finds, and what
 * does not fit. `parts` are selectors: axe takes nothing else. Leaves the window as wide as it was.
 */
export async function flaws( page: Page, ...parts: string[] ): Promise< string[] > {
	const before = page.viewportSize();
	const found: string[] = [];
	for ( const width of [ 1280, 320 ] ) {
		await page.setViewportSize( { width, height: 800 } );
		for ( const flaw of [ ...( await violations( page, parts ) ), ...( await overflows( page, parts ) ) ] ) {
			found.push( `${ width } px: ${ flaw }` );
		}
	}
	if ( before ) {
		await page.setViewportSize( before );
	}
	return found;
}

async function violations( page: Page, parts: string[] ): Promise< string[] > {
	if ( ! ( await page.evaluate( () => 'axe' in window ) ) ) {
		await page.evaluate( axe.source );
	}
	return page.evaluate(
		async ( { include, values } ) => {
			const looker = ( window as unknown as { axe: typeof axe } ).axe;
			const result = await looker.run( { include }, { runOnly: { type: 'tag', values } } );
			return result.violations.map(
				( { id, nodes } ) => `${ id }: ${ nodes.map( ( { html } ) => html ).join( ' ' ) }`
			);
		},
		{ include: parts, values: tags }
	);
}

function overflows( page: Page, parts: string[] ): Promise< string[] > {
	return page.evaluate( ( selectors ) => {
		const wide = document.documentElement.clientWidth;
		const elements = [ ...document.querySelectorAll( selectors.map( ( part ) => `${ part } *` ).join() ) ];
		const isSeen = ( element: Element, { left, right, width }: DOMRect ) => {
			const isForReaders = getComputedStyle( element ).position === 'absolute' && width <= 1;
			// Row actions are far outside until the pointer or the focus is on their row.
			return width > 0 && ! isForReaders && right > -1000 && left < wide + 1000;
		};
		// A thumbnail shows the middle of its picture. Looked for inside of the parts only: they must not be cut themselves.
		const isCut = ( { parentElement: around }: Element ): boolean =>
			around !== null &&
			around.matches( selectors.map( ( part ) => `${ part } *` ).join() ) &&
			( getComputedStyle( around ).overflowX === 'hidden' || isCut( around ) );
		return elements
			.filter( ( element ) => {
				const box = element.getBoundingClientRect();
				const isOutside = box.right > wide + 1 || box.left < -1;
				return isOutside && isSeen( element, box ) && ! isCut( element );
			} )
			.map( ( element ) => `does not fit: ${ element.outerHTML.slice( 0, 120 ) }` );
	}, parts );
}
