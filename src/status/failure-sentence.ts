import { __, sprintf } from '@wordpress/i18n';
import type { Failure } from '../client/failure.ts';

/** Says why the site gave no answer of ours, and what to do. Its own error has its own sentence. */
export function failureSentence( failure: Failure ): string {
	switch ( failure.tag ) {
		case 'session':
			return __( 'You are logged out. Reload the page.', 'slashimage' );
		case 'blocked':
			return sprintf(
				/* translators: %s: an error code. */
				__( 'REST API requests are blocked on this site (%s).', 'slashimage' ),
				failure.code
			);
		default:
			return (
				( 'message' in failure && failure.message ) || __( 'That did not work. Reload the page.', 'slashimage' )
			);
	}
}
