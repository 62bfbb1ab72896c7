import type { Stack } from './stack.ts';

export const connections = [ 'connected', 'reconnect' ] as const;
export type Connection = ( typeof connections )[ number ];

/** How the images' states are mixed; mu-plugins/library.php says what each is. */
export const mixes = [ 'realistic', 'half', 'few', 'refused', 'credits' ] as const;
export type Mix = ( typeof mixes )[ number ];

/** Has the library grow; it begins with none. */
export const grow = async ( { evaluate }: Stack, from: number, to: number ) =>
	void ( await evaluate( `Bench\\Library\\grow( ${ from + 1 }, ${ to } );` ) );

/** Gives every image of the library its row in the queue. */
export const fill = async ( { evaluate }: Stack, mix: Mix, size: number ) =>
	void ( await evaluate( `Bench\\Library\\fill( '${ mix }', ${ size } );` ) );

export const connect = async ( { evaluate }: Stack, state: Connection ) =>
	void ( await evaluate( `Bench\\Library\\connect( '${ state }' );` ) );
