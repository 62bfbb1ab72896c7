import { __, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../admin/format.ts';
import type { Network } from '../validation/network-schemas.ts';

// Sentences of this screen that are shown and spoken.

export const takenOverLine = (): string =>
	__( 'The key works. The sites take it over in the next minutes.', 'slashimage' );

export const pagesOf = ( { total, per_page: perPage }: Network[ 'sites' ] ): number =>
	Math.max( 1, Math.ceil( total / perPage ) );

/** Says which part of the sites is shown. */
export const pageLine = ( sites: Network[ 'sites' ] ): string =>
	sprintf(
		/* translators: 1: number of a page, 2: number of pages. */
		__( 'Page %1$s of %2$s', 'slashimage' ),
		formatNumber( sites.page ),
		formatNumber( pagesOf( sites ) )
	);

/** Says where the key of a site comes from, in a word or two. */
export function sourceWord( source: Network[ 'key' ][ 'source' ] ): string {
	switch ( source ) {
		case 'env':
		case 'constant':
			return __( 'Configuration', 'slashimage' );
		case 'network':
			return __( 'Network', 'slashimage' );
		case 'database':
			return __( 'Own key', 'slashimage' );
		case 'none':
			return __( 'None', 'slashimage' );
	}
}
