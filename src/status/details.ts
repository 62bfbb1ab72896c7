import { ask } from '../client/ask.ts';
import type { ImageDetails } from '../validation/schemas.ts';
import { isImage, type Shown } from './shown.ts';

export const isDetails = ( { classList }: HTMLElement ): boolean => classList.contains( 'is-details' );

/**
 * Asks for the files of an image whose details are shown, where they are not known: news of it came since, for which a
 * hundred images are asked at once and none for its files.
 */
export async function complete( shown: Shown, id: number ): Promise< void > {
	const image = shown.images.get( id );
	if ( ! image?.bytes_before || 'files' in image ) {
		return;
	}
	await refresh( shown, id );
}

/** Asks how an image is, and shows it. */
export async function refresh( shown: Shown, id: number ): Promise< void > {
	const details = await ask< ImageDetails >( `/${ shown.page.namespace }/images/${ id }` );
	if ( ! details.failure && isImage( details ) ) {
		shown.replace( details );
	}
}
