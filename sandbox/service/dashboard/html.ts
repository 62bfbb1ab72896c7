/** HTML that is safe to send: made by `html` only. */
export class Html {
	readonly text: string;

	constructor( text: string ) {
		this.text = text;
	}

	toString(): string {
		return this.text;
	}
}

type Value = string | number | Html | readonly Html[] | null | false;

/**
 * Takes a template; returns it with every value escaped that isn't HTML already. Domains, origins
 * and paths are what strangers typed or sent: no page is put together without this.
 */
export function html( parts: TemplateStringsArray, ...values: readonly Value[] ): Html {
	const pieces = parts.map( ( part, index ) => part + rendered( values[ index ] ?? null ) );
	return new Html( pieces.join( '' ) );
}

/** Takes text that is ours, such as the stylesheet; returns it as it is. Never for other text. */
export function trusted( text: string ): Html {
	return new Html( text );
}

function rendered( value: Value ): string {
	if ( value === null || value === false ) {
		return '';
	}
	if ( value instanceof Html ) {
		return value.text;
	}
	return typeof value === 'object' ? value.join( '' ) : escape( String( value ) );
}

const ENTITIES: Record< string, string > = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape( text: string ): string {
	return text.replace( /[&<>"']/g, ( character ) => ENTITIES[ character ] ?? '' );
}
