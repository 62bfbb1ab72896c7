import axe from 'axe-core';

/** Returns what axe finds wrong, one line each. Colours are not computed here; the browser tests look at those. */
export async function accessibilityProblems( element: Element ): Promise< string[] > {
	const options = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };
	const { violations } = await axe.run( element, options );
	return violations.map( ( { id, nodes } ) => `${ id }: ${ nodes.map( ( { html } ) => html ).join( ' ' ) }` );
}
