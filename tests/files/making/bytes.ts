// Numbers and texts as bytes.

export const text = ( ...parts: string[] ): Buffer => Buffer.from( parts.join( '' ), 'latin1' );

const numbers =
	( size: 1 | 2 | 3 | 4, isLittle = false ) =>
	( ...all: number[] ): Buffer => {
		const bytes = Buffer.alloc( size * all.length );
		all.forEach( ( number, at ) => {
			const whole = number < 0 ? number + 256 ** size : number;
			bytes[ isLittle ? 'writeUIntLE' : 'writeUIntBE' ]( whole, at * size, size );
		} );
		return bytes;
	};

export const u8 = numbers( 1 );
export const u16 = numbers( 2 );
export const u32 = numbers( 4 );
export const u16le = numbers( 2, true );
export const u24le = numbers( 3, true );
export const u32le = numbers( 4, true );

export const join = ( ...parts: ( Buffer | string )[] ): Buffer =>
	Buffer.concat( parts.map( ( part ) => ( typeof part === 'string' ? text( part ) : part ) ) );

/** A copy in which the bytes from `at` are others. */
export function patched( file: Buffer, at: number, bytes: Buffer ): Buffer {
	if ( at < 0 ) {
		throw new Error( 'What should be patched is not there.' );
	}
	const copy = Buffer.from( file );
	bytes.copy( copy, at );
	return copy;
}
