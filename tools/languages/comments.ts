import ts from 'typescript';

/**
 * Returns the `translators:` comment of a text or a call: the one right before it, or before what it stands in, up to
 * the statement or the property of an object. Undefined when there is none.
 */
export function translatorsComment( node: ts.Node ): string | undefined {
	const text = node.getSourceFile().text;
	for ( let at: ts.Node | undefined = node; at && ! ts.isSourceFile( at ); at = at.parent ) {
		const last = ts.isStatement( at ) || ts.isPropertyAssignment( at );
		const start = at.getFullStart();
		// What follows something on its line belongs to that, unless both are inside of one expression.
		const sameLine = last ? [] : ts.getTrailingCommentRanges( text, start );
		const ranges = [ ...( sameLine ?? [] ), ...( ts.getLeadingCommentRanges( text, start ) ?? [] ) ];
		const comments = ranges.map( ( { pos, end } ) => plain( text.slice( pos, end ) ) );
		const found = comments.findLast( ( comment ) => comment.startsWith( 'translators:' ) );
		if ( found ) {
			return found;
		}
		if ( last ) {
			return undefined;
		}
	}
	return undefined;
}

const plain = ( comment: string ): string =>
	comment
		.replace( /^\/[/*]+|\*\/$/g, '' )
		.replace( /\s+\*?\s*/g, ' ' )
		.trim();
