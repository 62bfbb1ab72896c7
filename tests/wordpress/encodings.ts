/** The forms in which a key might slip into a text. */
export function encodings( key: string ): string[] {
	const bytes = Buffer.from( key );
	const urlEncoded = [ ...bytes ].map( ( byte ) => `%${ byte.toString( 16 ) }` ).join( '' );
	const escaped = [ ...key ].map( ( letter ) => `\\u00${ letter.charCodeAt( 0 ).toString( 16 ) }` ).join( '' );
	// A text in base64 looks different at each of three places; the ends depend on what stands beside it.
	const base64 = [ 0, 1, 2 ].map( ( shift ) =>
		Buffer.concat( [ Buffer.alloc( shift ), bytes ] )
			.toString( 'base64' )
			.slice( 4, 60 )
	);
	return [
		key,
		key.slice( 8, 40 ),
		key.toUpperCase(),
		encodeURIComponent( key ),
		urlEncoded,
		escaped,
		bytes.toString( 'hex' ),
		...base64,
	];
}
