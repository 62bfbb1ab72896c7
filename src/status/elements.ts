/** Makes an element with a class and a text. Text only: names and sentences come from elsewhere, and may hold markup. */
export function element< Tag extends keyof HTMLElementTagNameMap >(
	tag: Tag,
	className: string,
	text = ''
): HTMLElementTagNameMap[ Tag ] {
	const result = document.createElement( tag );
	if ( className ) {
		result.className = className;
	}
	result.textContent = text;
	return result;
}

/** The mark of a state, beside words that say the same. */
export const shape = ( state: string ): HTMLElement =>
	element( 'span', `slashimage-shape is-${ state.replaceAll( '_', '-' ) }` );

/** A text that leads to the settings; for people who may not open them, the text alone. */
export function settingsLink( text: string, settings: string ): HTMLElement {
	if ( ! settings ) {
		return element( 'span', '', text );
	}
	const link = element( 'a', '', text );
	link.href = settings;
	return link;
}
