import apiFetch from '@wordpress/api-fetch';
import { __ } from '@wordpress/i18n';
import type { Image } from '../validation/schemas.ts';

export type Retried = { ok: true; image: Image } | { ok: false; message: string };

/**
 * Asks for one more try of a failed image. Returns the fresh image or a sentence about why not; never throws. The
 * sentence is the server's own where it gave one: apiFetch rejects with plain objects, not with `Error`.
 */
export async function retry( id: number, namespace: string ): Promise< Retried > {
	try {
		const answer: unknown = await apiFetch( { path: `/${ namespace }/images/${ id }/retry`, method: 'POST' } );
		return isImage( answer, id ) ? { ok: true, image: answer } : failure( null );
	} catch ( error ) {
		return failure( error );
	}
}

function failure( error: unknown ): Retried {
	const said = record( error )[ 'message' ];
	return {
		ok: false,
		message:
			typeof said === 'string' && said !== ''
				? said
				: __( 'Trying again did not work. Reload the page and try once more.', 'slashimage' ),
	};
}

function isImage( answer: unknown, id: number ): answer is Image {
	const { id: its, state } = record( answer );
	return its === id && typeof state === 'string';
}

function record( value: unknown ): Record< string, unknown > {
	return typeof value === 'object' && value !== null ? ( value as Record< string, unknown > ) : {};
}
