import type { IncomingMessage } from 'node:http';

export interface RecordedRequest {
	readonly time: Date;
	readonly method: string;
	readonly path: string;
	readonly authorization: string | null;
	readonly origin: string | null;
	readonly host: string | null;
	readonly contentType: string | null;
	/** Of the answer; null while there is none, or when the client left before it. */
	readonly status: number | null;
}

const KEPT = 1000;

/**
 * The last thousand requests, oldest first. They are recorded when they arrive, not when they are
 * answered: a test must see a request that hangs in the slow fault.
 */
export class RequestLog {
	readonly #requests: RecordedRequest[] = [];

	get requests(): readonly RecordedRequest[] {
		return this.#requests;
	}

	/** Takes a request that has arrived; returns a function that notes the status of its answer. */
	begin( request: IncomingMessage ): ( status: number ) => void {
		const { headers } = request;
		const record = {
			time: new Date(),
			method: request.method ?? '',
			path: request.url ?? '',
			authorization: headers.authorization ?? null,
			origin: headers.origin ?? null,
			host: headers.host ?? null,
			contentType: headers[ 'content-type' ] ?? null,
			status: null as number | null,
		};
		this.#requests.push( record );
		if ( this.#requests.length > KEPT ) {
			this.#requests.shift();
		}
		return ( status ) => {
			record.status = status;
		};
	}

	clear(): void {
		this.#requests.length = 0;
	}
}
