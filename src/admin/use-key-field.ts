import { useEffect, useState } from 'react';
import { readKey, type KeyReading } from '../validation/key.ts';

/** What is in the field, and what was read there; null while there is nothing to say about it yet. */
export interface KeyField {
	text: string;
	reading: KeyReading | null;
	change: ( text: string ) => void;
	/** Returns the key, or null after saying why the text is none. */
	submit: () => string | null;
}

/**
 * Says how many characters in a row were put in between two states of a text: more than one is a paste, a drop or a
 * password manager, and none of these tell themselves apart in every browser.
 */
export function inserted( before: string, after: string ): number {
	const shorter = Math.min( before.length, after.length );
	let start = 0;
	while ( start < shorter && before[ start ] === after[ start ] ) {
		start++;
	}
	let end = 0;
	while ( end < shorter - start && before.at( -1 - end ) === after.at( -1 - end ) ) {
		end++;
	}
	return after.length - start - end;
}

/**
 * Holds the text of the key field. What is pasted is cleaned and read at once; what is typed is read when the typing
 * pauses, and whatever was said goes away with the next change. The text lives here only, and is gone with the field.
 */
export function useKeyField( settle: number ): KeyField {
	const [ field, setField ] = useState< { text: string; reading: KeyReading | null } >( { text: '', reading: null } );
	const { text, reading } = field;

	useEffect( () => {
		if ( reading || text === '' ) {
			return;
		}
		const timer = setTimeout( () => setField( { text, reading: readKey( text ) } ), settle );
		return () => clearTimeout( timer );
	}, [ text, reading, settle ] );

	const change = ( next: string ) => {
		const read = inserted( text, next ) > 1 ? readKey( next ) : null;
		setField( { text: read ? read.key : next, reading: read } );
	};
	const submit = () => {
		const read = readKey( text );
		if ( read.ok ) {
			return read.key;
		}
		// A new object each time, so that it is said again.
		setField( { text, reading: { ...read, removed: reading?.removed ?? read.removed } } );
		return null;
	};
	return { text, reading, change, submit };
}
