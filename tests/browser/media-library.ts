import type { Locator, Page } from 'playwright-core';
import type { Person } from './person.ts';
import type { Photo } from './photo.ts';

/** Media > Library, as a list and as a grid, found the way people find things. */
export interface MediaLibrary {
	/** Opens the list, perhaps with more in its address: `&s=flower`. */
	openList: ( more?: string ) => Promise< void >;
	openGrid: () => Promise< void >;
	/** Opens an image's own screen. */
	openImage: ( id: number ) => Promise< void >;
	row: ( title: string ) => Locator;
	/** The column of an image in the list. */
	cell: ( title: string ) => Locator;
	filter: Locator;
	/** An image in the grid, or in a media window: a checkbox to screen readers. */
	thumbnail: ( title: string ) => Locator;
	/** Opens an image in the grid's window, by keyboard: thumbnails still move a while after the window's width changed. */
	openDetails: ( title: string ) => Promise< void >;
	/** Beside an image: in the grid's and in every media window. */
	details: Locator;
	/** The box on an image's own screen. */
	box: Locator;
	/** The item in the menu, by what its bubble means. */
	menuItem: ( bubble: string ) => Locator;
	/** Uploads a file into the grid, with the dialog of the operating system answered. */
	addFile: ( file: Photo ) => Promise< void >;
	/** Closes the grid's window. */
	close: () => Promise< void >;
	/** Ticks these images in the list and applies a bulk action to them. */
	applyToAll: ( action: string, titles: readonly string[] ) => Promise< void >;
}

export function mediaLibrary( { page, go }: Person ): MediaLibrary {
	const tick = ( title: string ) => page.getByRole( 'checkbox', { name: `Select ${ title }`, exact: true } );
	const row = ( title: string ) => page.getByRole( 'row' ).filter( { has: tick( title ) } );
	const thumbnail = ( title: string ) => page.getByRole( 'checkbox', { name: title, exact: true } );
	const details = page.locator( '.attachment-details .slashimage-status' );
	return {
		openList: async ( more = '' ) => {
			await go( `upload.php?mode=list${ more }` );
			await page.getByRole( 'heading', { name: 'Media Library', level: 1 } ).waitFor();
		},
		openGrid: async () => {
			await go( 'upload.php?mode=grid' );
			await page.getByRole( 'checkbox' ).and( page.locator( '.attachment' ) ).first().waitFor();
		},
		openImage: async ( id ) => {
			await go( `post.php?post=${ id }&action=edit` );
			await page.getByRole( 'heading', { name: 'Edit Media', level: 1 } ).waitFor();
		},
		row,
		cell: ( title ) => row( title ).getByRole( 'cell' ).and( page.locator( '.column-slashimage' ) ),
		filter: page.getByRole( 'combobox', { name: 'Filter by optimization state' } ),
		thumbnail,
		openDetails: async ( title ) => {
			await thumbnail( title ).focus();
			await page.keyboard.press( 'Enter' );
			await details.waitFor();
		},
		details,
		box: page.locator( '#slashimage' ),
		menuItem: ( bubble ) => page.getByRole( 'link', { name: `SlashImage ${ bubble }`.trim(), exact: true } ),
		addFile: async ( file ) => {
			await page.getByRole( 'button', { name: 'Add Media File' } ).click();
			const chooser = page.waitForEvent( 'filechooser' );
			// A transparent file input lies over the button, and takes the click.
			await page.getByRole( 'button', { name: 'Select Files' } ).click( { force: true } );
			await ( await chooser ).setFiles( file );
		},
		close: async () => {
			await page.keyboard.press( 'Escape' );
			await page.getByRole( 'dialog' ).first().waitFor( { state: 'hidden' } );
		},
		applyToAll: async ( action, titles ) => {
			for ( const title of titles ) {
				await tick( title ).check();
			}
			await page.locator( '#bulk-action-selector-top' ).selectOption( { label: action } );
			await page.getByRole( 'button', { name: 'Apply' } ).first().click();
			await page.locator( '#slashimage-done' ).waitFor();
		},
	};
}

/** What somebody reads there, in one line. */
export const says = async ( part: Locator ): Promise< string > =>
	( await part.innerText() ).replace( /\s+/g, ' ' ).trim();

/** What a screen reader says of a part after its name. */
export const description = ( part: Locator ): Promise< string > =>
	part.evaluate( ( element ) => {
		const ids = element.getAttribute( 'aria-describedby' )?.split( ' ' ) ?? [];
		return ids.map( ( id ) => element.ownerDocument.getElementById( id )?.textContent ?? '' ).join( ' ' );
	} );

/** Opens a media window as the editor's own blocks do, with all images in it. */
export async function openMediaWindow( page: Page ): Promise< void > {
	await page.waitForFunction( () => 'wp' in window && 'media' in ( window as { wp: object } ).wp );
	await page.evaluate( () => {
		const { wp } = window as unknown as {
			wp: {
				media: ( options: object ) => { open: () => void };
				data: { dispatch: ( store: string ) => { set: ( ...preference: unknown[] ) => void } };
			};
		};
		// The editor's welcome would keep the focus to itself.
		wp.data.dispatch( 'core/preferences' ).set( 'core/edit-post', 'welcomeGuide', false );
		wp.media( { library: { type: 'image' } } ).open();
	} );
	await page.getByRole( 'tab', { name: 'Media Library' } ).click();
}
