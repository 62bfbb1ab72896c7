import { __, sprintf } from '@wordpress/i18n';
import { changeKeySentences } from '../validation/doctor.ts';
import type { Connection } from '../validation/schemas.ts';
import { sourceSentences } from '../validation/sentences.ts';
import { fill, t } from './translate.ts';

type Place = Pick< Connection[ 'key' ], 'source' | 'name' >;

/** Where a key comes from, inside of a sentence: the constant SLASHIMAGE_API_KEY. */
export const placeOf = ( { source, name }: Place ): string => fill( t( sourceSentences[ source ] ), name ?? '' );

/** Where the key is set, if not on this screen, and who can change it. */
export function ManagedKey( { connection: { key, state } }: { connection: Connection } ) {
	if ( key.source === 'database' || ( key.source === 'none' && key.settable ) ) {
		return null;
	}
	return <p className="slashimage-message is-note">{ sentence( key, state ) }</p>;
}

function sentence( { settable, source, name }: Connection[ 'key' ], state: Connection[ 'state' ] ): string {
	if ( source === 'none' ) {
		return __( 'A network administrator manages the key of this site, and has not set one yet.', 'slashimage' );
	}
	const advice = fill( t( changeKeySentences[ source ] ), name ?? '' );
	if ( ! settable ) {
		/* translators: %s: where the key comes from (the constant SLASHIMAGE_API_KEY). */
		const elsewhere = __( 'The key comes from %s, so it can not be changed here.', 'slashimage' );
		const line = sprintf( elsewhere, placeOf( { source, name } ) );
		// What to do about it is for a key that does not work.
		return state === 'connected' ? line : `${ line } ${ advice }`;
	}
	const used = __( 'This site uses the key of the network.', 'slashimage' );
	return state === 'reconnect' ? `${ used } ${ advice } ${ orOwn() }` : used;
}

const orOwn = (): string => __( 'Or paste a key for this site alone.', 'slashimage' );
