import { __, sprintf } from '@wordpress/i18n';
import type { ImageDetails } from '../validation/schemas.ts';
import { element } from './elements.ts';
import { percent, size } from './savings.ts';

/** The original and the new size of an image, and, unfolded, those of each of its files. */
export function sizesTable( image: ImageDetails ): HTMLElement {
	const summary = element( 'summary', '', fromTo( image.bytes_before, image.bytes_after ) );
	const table = element( 'table', '' );
	table
		.createTHead()
		.append(
			row( 'th', [
				__( 'Size', 'slashimage' ),
				__( 'Before', 'slashimage' ),
				__( 'After', 'slashimage' ),
				__( 'Saved', 'slashimage' ),
			] )
		);
	table
		.createTBody()
		.append(
			...image.files.map( ( { size: name, before, after } ) =>
				row( 'td', [
					name === 'full' ? __( 'Full size', 'slashimage' ) : name,
					size( before ),
					size( after ),
					before > after ? percent( ( before - after ) / before ) : '–',
				] )
			)
		);
	const result = element( 'details', 'slashimage-sizes' );
	result.append( summary, table );
	return result;
}

const fromTo = ( before: number, after: number ): string =>
	/* translators: 1: a file size, as in 1.2 MB. 2: a smaller one. */
	sprintf( __( 'Original: %1$s, now: %2$s', 'slashimage' ), size( before ), size( after ) );

function row( tag: 'th' | 'td', texts: string[] ): HTMLElement {
	const result = element( 'tr', '' );
	result.append( ...texts.map( ( text, index ) => head( element( index ? tag : 'th', '', text ), tag === 'td' ) ) );
	return result;
}

function head( cell: HTMLTableCellElement, isInBody: boolean ): HTMLTableCellElement {
	if ( cell.tagName === 'TH' ) {
		cell.scope = isInBody ? 'row' : 'col';
	}
	return cell;
}
