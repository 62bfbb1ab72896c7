import type { ImageDetails } from '../validation/schemas.ts';
import { complete, isDetails } from './details.ts';
import { drawPlace } from './draw.ts';
import { element } from './elements.ts';
import { isImage, type Shown } from './shown.ts';

// What is used of WordPress's media views.
interface AttachmentView {
	el: HTMLElement;
	model: { get: ( name: string ) => unknown };
	render: () => AttachmentView;
}

declare global {
	interface Window {
		wp?: { media?: { view?: { Attachment?: { prototype: AttachmentView } } } };
	}
}

/** Answers about images that were taken over: a thumbnail is drawn again and again from the same one. */
const taken = new WeakSet< object >();
let badges = 0;

/**
 * Has every thumbnail of a grid or media window carry a badge, and every details pane a block. By adding to the method
 * all of WordPress's attachment views draw with: it has no hook there, and whoever extends the views still gets it.
 */
export function showInGrids( shown: Shown ): void {
	const view = window.wp?.media?.view?.Attachment?.prototype;
	if ( ! view ) {
		// Another plugin may have its media window's scripts printed after this one.
		document.addEventListener( 'DOMContentLoaded', () => window.wp?.media?.view && showInGrids( shown ) );
		return;
	}
	const { render } = view;
	view.render = function () {
		const result = render.call( this );
		const image = this.model.get( 'slashimage' ) as ImageDetails | null;
		if ( isImage( image ) ) {
			const place = addPlace( this.el, image );
			if ( ! taken.has( image ) ) {
				taken.add( image );
				shown.replace( image );
			}
			drawPlace( place, shown );
			if ( isDetails( place ) ) {
				void complete( shown, image.id );
			}
		}
		return result;
	};
}

function addPlace( view: HTMLElement, { id }: ImageDetails ): HTMLElement {
	const isPane = view.classList.contains( 'attachment-details' );
	const place = element( isPane ? 'div' : 'span', isPane ? 'slashimage-status is-details' : 'slashimage-badge' );
	place.dataset[ 'id' ] = String( id );
	if ( isPane ) {
		view.querySelector( '.details' )?.after( element( 'h3', '', 'SlashImage' ), place );
		return place;
	}
	// The thumbnail is a checkbox to screen readers, named by its title: what is in it is not read, what describes it is.
	place.id = `slashimage-badge-${ ++badges }`;
	view.setAttribute( 'aria-describedby', place.id );
	view.querySelector( '.attachment-preview' )?.append( place );
	return place;
}
