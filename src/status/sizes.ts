import { __, sprintf } from '@wordpress/i18n';
import type { ImageDetails } from '../validation/schemas.ts';
import { element } from './elements.ts';
import { missingSizeSentence } from '../validation/sentences.ts';
import { percent, size } from './savings.ts';
import { translate } from '../notices/translate.ts';

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
	table.createTBody().append(
		...image.files.flatMap( ( file ) => {
			const name = file.size === 'full' ? __( 'Full size', 'slashimage' ) : file.size;
			return [
				row( 'td', [ name, ...numbers( file ) ] ),
				...( file.sentence ? [ reason( file.sentence ) ] : [] ),
			];
		} )
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

/** Before, after and saved of a file; a refused one stays as it came. */
function numbers( { before, after, missing, sentence }: ImageDetails[ 'files' ][ number ] ): string[] {
	if ( missing ) {
		return [ translate( missingSizeSentence ), '–', '–' ];
	}
	return [
		size( before ),
		sentence ? '–' : size( after ),
		before > after ? percent( ( before - after ) / before ) : '–',
	];
}

/** Why the file above is as it came. */
function reason( sentence: string ): HTMLElement {
	const cell = element( 'td', '', sentence );
	cell.colSpan = 4;
	const result = element( 'tr', 'slashimage-sizes__reason' );
	result.append( cell );
	return result;
}
