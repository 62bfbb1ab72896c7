import type { IncomingMessage } from 'node:http';

/** How many bytes of requests are held in memory, all together. */
export class Room {
	#free: number;

	constructor( bytes: number ) {
		this.#free = bytes;
	}

	take( bytes: number ): boolean {
		if ( bytes > this.#free ) {
			return false;
		}
		this.#free -= bytes;
		return true;
	}

	give( bytes: number ): void {
		this.#free += bytes;
	}
}

export type ReadBody = { kind: 'body'; bytes: Buffer< ArrayBuffer > } | { kind: 'too_large' } | { kind: 'no_room' };

/**
 * Takes a request, the most bytes it may have and the room for all requests; returns its body, or
 * why not. A body that says it is too large isn't read, one that lies is read only up to the limit.
 * Whoever gets a body gives its length back to the room when done with it.
 */
export async function readBody( request: IncomingMessage, limit: number, room: Room ): Promise< ReadBody > {
	if ( Number( request.headers[ 'content-length' ] ?? 0 ) > limit ) {
		return { kind: 'too_large' };
	}
	const held: { bytes: number; chunks: Buffer[] } = { bytes: 0, chunks: [] };
	const result = await collect( request, limit, room, held ).catch( ( error: unknown ) => {
		room.give( held.bytes );
		throw error;
	} );
	if ( result.kind !== 'body' ) {
		room.give( held.bytes );
	}
	return result;
}

async function collect(
	request: IncomingMessage,
	limit: number,
	room: Room,
	held: { bytes: number; chunks: Buffer[] }
): Promise< ReadBody > {
	// Left early, the stream must live on: destroying it would cut the connection before the answer.
	const chunks: AsyncIterable< Buffer > = request.iterator( { destroyOnReturn: false } );
	for await ( const chunk of chunks ) {
		if ( held.bytes + chunk.length > limit ) {
			return { kind: 'too_large' };
		}
		if ( ! room.take( chunk.length ) ) {
			return { kind: 'no_room' };
		}
		held.bytes += chunk.length;
		held.chunks.push( chunk );
	}
	return { kind: 'body', bytes: Buffer.concat( held.chunks ) };
}
