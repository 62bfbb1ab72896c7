import { __, sprintf } from '@wordpress/i18n';
import type { Connection } from '../validation/schemas.ts';
import { requestSentences } from '../validation/sentences.ts';
import { t } from './translate.ts';

/** Whether the key is set outside the database, so that this screen can't change it. */
export const isManaged = ( { key: { source } }: Connection ): boolean =>
	source === 'env' || source === 'constant' || source === 'network';

/** Where a key that can't be changed here is changed. */
export function ManagedKey( { connection }: { connection: Connection } ) {
	return <p className="slashimage-message is-note">{ sentence( connection ) }</p>;
}

function sentence( { key: { source, name } }: Connection ): string {
	if ( source === 'network' ) {
		return __( 'The key is set for the whole network. A network administrator can change it there.', 'slashimage' );
	}
	if ( ! name ) {
		return t( requestSentences.key_managed );
	}
	if ( source === 'env' ) {
		/* translators: %s: the name of a variable. */
		const inEnvironment = __(
			'The key is set on the server, in the environment variable %s. Change it there.',
			'slashimage'
		);
		return sprintf( inEnvironment, name );
	}
	/* translators: %s: the name of a constant. */
	const inFiles = __(
		'The key is set in the files of this site, as %s. Change it there, for example in wp-config.php.',
		'slashimage'
	);
	return sprintf( inFiles, name );
}
