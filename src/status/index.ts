import type { StatusPage } from '../validation/schemas.ts';
import { drawCell } from './cell.ts';
import './index.scss';

declare global {
	interface Window {
		slashimageStatus?: StatusPage;
	}
}

/** Fills the places PHP printed into the media list, one a row. An id without a row in the queue is not optimized. */
export function showStatus( root: ParentNode, page: StatusPage ): void {
	const images = new Map( page.images.map( ( image ) => [ image.id, image ] ) );
	for ( const cell of root.querySelectorAll< HTMLElement >( '.slashimage-status[data-id]' ) ) {
		drawCell( cell, images.get( Number( cell.dataset[ 'id' ] ) ) ?? null, page );
	}
}

if ( window.slashimageStatus ) {
	showStatus( document, window.slashimageStatus );
}
