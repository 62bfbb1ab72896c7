import { createHash } from 'node:crypto';
import type { ErrorCode } from './errors.ts';

/** A file that came to be optimized: its content, what was answered, and whether all of the answer went out. */
export interface ReceivedFile {
	/** SHA-256 of the bytes. */
	readonly hash: string;
	readonly bytes: number;
	readonly status: number;
	readonly delivered: boolean;
}

/**
 * The files that came, by content: each costs a credit, and none should come twice. Also the contents that are answered
 * with an error, always: one bad file among good ones is what a fault of the whole service can't play.
 */
export class Contents {
	readonly #received: { hash: string; bytes: number; status: number; delivered: boolean }[] = [];
	readonly #refused = new Map< string, ErrorCode >();

	get received(): readonly ReceivedFile[] {
		return this.#received;
	}

	static hash( bytes: Uint8Array ): string {
		return createHash( 'sha256' ).update( bytes ).digest( 'hex' );
	}

	/** Notes a file and the status of its answer; returns a function that notes that the answer went out. */
	note( bytes: Uint8Array, status: number ): () => void {
		const file = { hash: Contents.hash( bytes ), bytes: bytes.length, status, delivered: false };
		this.#received.push( file );
		return () => {
			file.delivered = true;
		};
	}

	/** With null the content is taken like any other again. */
	refuse( hash: string, code: ErrorCode | null ): void {
		if ( code === null ) {
			this.#refused.delete( hash );
		} else {
			this.#refused.set( hash, code );
		}
	}

	refusal( bytes: Uint8Array ): ErrorCode | null {
		return this.#refused.size ? ( this.#refused.get( Contents.hash( bytes ) ) ?? null ) : null;
	}

	forget(): void {
		this.#received.length = 0;
	}
}
