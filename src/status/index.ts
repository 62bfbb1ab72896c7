import { updateNotice } from '../notices/notice.ts';
import type { StatusPage } from '../validation/schemas.ts';
import { showDone } from './done.ts';
import { draw } from './draw.ts';
import { showInGrids } from './grid.ts';
import { followImages } from './live.ts';
import { prepareList, watchRows } from './list.ts';
import type { Shown } from './shown.ts';
import './index.scss';

declare global {
	interface Window {
		slashimageStatus?: StatusPage;
	}
}

/** Fills the places PHP printed into the page, those of grids and media windows as they come, and keeps all of it true. */
export function showStatus( page: StatusPage ): void {
	const shown: Shown = {
		page,
		images: new Map( page.images.map( ( image ) => [ image.id, image ] ) ),
		ended: null,
		version: 0,
		revision: page.revision,
		asked: [],
		replace: ( image ) => {
			shown.version++;
			shown.images.set( image.id, image );
			draw( shown, image.id );
			lookAgain();
		},
	};
	prepareList( shown );
	if ( page.done ) {
		showDone( page.done );
	}
	updateNotice( page.notice, page );
	draw( shown );
	const lookAgain = followImages( shown );
	showInGrids( shown );
	watchRows( ( ids ) => {
		draw( shown );
		shown.asked = ids.filter( ( id ) => ! shown.images.has( id ) );
		lookAgain();
	} );
}

if ( window.slashimageStatus ) {
	showStatus( window.slashimageStatus );
}
