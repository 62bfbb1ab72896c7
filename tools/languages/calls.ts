import { basename } from 'node:path';
import ts from 'typescript';
import { translatorsComment } from './comments.ts';
import type { Message } from './messages.ts';

// Where the texts, the context and the domain stand among the arguments.
const functions = {
	__: { texts: [ 0 ], domain: 1 },
	_x: { texts: [ 0 ], context: 1, domain: 2 },
	_n: { texts: [ 0, 1 ], domain: 3 },
	_nx: { texts: [ 0, 1 ], context: 3, domain: 4 },
} as const satisfies Record< string, { texts: readonly number[]; context?: number; domain: number } >;

/**
 * Returns what a source file translates. Throws, with file and line, when a call lacks the plugin's domain (it would
 * never be translated) or its text is not written out (it would be in no translation file). The one exception: a file
 * named translate.ts passes on sentences of the catalog, which is collected on its own.
 */
export function callMessages( { file, text }: { file: string; text: string }, domain: string ): Message[] {
	const kind = file.endsWith( 'x' ) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	const parsed = ts.createSourceFile( file, text, ts.ScriptTarget.Latest, true, kind );
	const messages: Message[] = [];
	const visit = ( node: ts.Node ): void => {
		const message = ts.isCallExpression( node ) && read( node, file, domain );
		if ( message ) {
			messages.push( message );
		}
		ts.forEachChild( node, visit );
	};
	visit( parsed );
	return messages;
}

function read( call: ts.CallExpression, file: string, domain: string ): Message | null {
	const name = called( call );
	if ( ! name ) {
		return null;
	}
	const shape: { texts: readonly number[]; context?: number; domain: number } = functions[ name ];
	const at = ( index: number ): string | undefined => literal( call.arguments[ index ] );
	if ( at( shape.domain ) !== domain ) {
		throw new Error( `${ place( call, file ) }: ${ name }() needs the text domain '${ domain }'.` );
	}
	const [ text, plural ] = shape.texts.map( at );
	const context = shape.context === undefined ? undefined : at( shape.context );
	const complete = shape.texts.every( ( index ) => at( index ) ) && ( shape.context === undefined || context );
	if ( ! complete || ! text ) {
		if ( basename( file ) === 'translate.ts' ) {
			return null;
		}
		throw new Error( `${ place( call, file ) }: ${ name }() needs its text written out.` );
	}
	const comment = translatorsComment( call );
	return { text, file, ...( plural && { plural } ), ...( context && { context } ), ...( comment && { comment } ) };
}

function called( { expression }: ts.CallExpression ): keyof typeof functions | null {
	const name = ts.isPropertyAccessExpression( expression ) ? expression.name : expression;
	return ts.isIdentifier( name ) && Object.hasOwn( functions, name.text )
		? ( name.text as keyof typeof functions )
		: null;
}

const literal = ( node: ts.Node | undefined ): string | undefined =>
	node && ts.isStringLiteralLike( node ) ? node.text : undefined;

function place( node: ts.Node, file: string ): string {
	const { line } = node.getSourceFile().getLineAndCharacterOfPosition( node.getStart() );
	return `${ file }:${ line + 1 }`;
}

/** Returns every text written out in a script, as the parser reads it: a minified script writes some as escapes. */
export function literals( script: string ): Set< string > {
	const found = new Set< string >();
	const visit = ( node: ts.Node ): void => {
		if ( ts.isStringLiteralLike( node ) ) {
			found.add( node.text );
		}
		ts.forEachChild( node, visit );
	};
	visit( ts.createSourceFile( 'script.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS ) );
	return found;
}
