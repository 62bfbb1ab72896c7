import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';

/** Media > SlashImage, found the way people find things: by what they are and what they are called. */
export interface SettingsScreen {
	open: () => Promise< void >;
	field: Locator;
	images: Locator;
	dialog: Locator;
	button: ( name: string ) => Locator;
	/** The card's heading, which carries the pill. */
	pill: ( words: string ) => Locator;
	/** On the screen itself: what is announced stands outside of it once more. */
	text: ( words: string | RegExp ) => Locator;
	/** What is counted, by name. */
	counts: () => Promise< Record< string, string > >;
}

export function settingsScreen( { page, go }: Person ): SettingsScreen {
	const main = page.getByRole( 'main' );
	const images = page.getByRole( 'region', { name: 'Images' } );
	return {
		open: async () => {
			await go( 'upload.php?page=slashimage' );
			await page.getByRole( 'heading', { name: 'SlashImage', level: 1 } ).waitFor();
		},
		field: page.getByRole( 'textbox', { name: 'API key' } ),
		images,
		dialog: page.getByRole( 'dialog' ),
		button: ( name ) => main.getByRole( 'button', { name, exact: true } ),
		pill: ( words ) => main.getByRole( 'heading', { name: `Connection ${ words }` } ),
		text: ( words ) => main.getByText( words, { exact: true } ),
		counts: async () => {
			const names = await images.getByRole( 'term' ).allTextContents();
			const numbers = await images.getByRole( 'definition' ).allTextContents();
			return Object.fromEntries( names.map( ( name, index ) => [ name, numbers[ index ] ?? '' ] ) );
		},
	};
}
