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
		return elements
			.filter( ( element ) => {
				const { left, right, width } = element.getBoundingClientRect();
				const isHidden = getComputedStyle( element ).position === 'absolute' && width <= 1;
				return ! isHidden && width > 0 && ( right > wide + 1 || left < -1 );
			} )
			.map( ( element ) => `does not fit: ${ element.outerHTML.slice( 0, 120 ) }` );
	}, parts );
}
