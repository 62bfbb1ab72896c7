import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Connection } from '../validation/schemas.ts';
import type { Links } from './help-link.tsx';
import { placeOf } from './managed-key.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
}

type Other = Connection[ 'key' ][ 'others' ][ number ];

/** Keys that are set as well: which one wins, which ones are not used, and how to get rid of them. */
export function OtherKeys( { screen: { attempt, snapshot, disconnect }, links }: Props ) {
	const { key } = snapshot.connection;
	if ( key.others.length === 0 ) {
		return null;
	}
	const busy = attempt.tag === 'busy';
	// In use, the stored key is taken away by Disconnect, which asks first.
	const removable = key.others.some( ( { source } ) => source === 'database' );
	return (
		<div className="slashimage-message is-warning">
			<p>{ usedLine( key ) }</p>
			{ key.others.map( ( other ) => (
				<p key={ other.source }>{ otherLine( other ) }</p>
			) ) }
			{ removable && (
				<Button
					variant="secondary"
					onClick={ disconnect }
					isBusy={ busy && attempt.action === 'disconnect' }
					disabled={ busy }
					accessibleWhenDisabled
					__next40pxDefaultSize
				>
					{ __( 'Remove the stored key', 'slashimage' ) }
				</Button>
			) }
			{ removable && attempt.tag === 'failed' && attempt.action === 'disconnect' && (
				<MessageView message={ problemMessage( attempt.problem, snapshot.connection ) } links={ links } />
			) }
		</div>
	);
}

const usedLine = ( key: Connection[ 'key' ] ): string =>
	key.source === 'none'
		? __( 'A key is set, but not used.', 'slashimage' )
		: /* translators: %s: where a key comes from (the constant SLASHIMAGE_API_KEY). */
			sprintf( __( 'More than one key is set. The one from %s is used.', 'slashimage' ), placeOf( key ) );

function otherLine( other: Other ): string {
	/* translators: 1: where a key comes from (the constant SLASHIMAGE_API_KEY), 2: its first and last characters. */
	const unused = __( 'Not used: the key from %1$s (%2$s).', 'slashimage' );
	return `${ sprintf( unused, placeOf( other ), other.fingerprint || '?' ) } ${ removeLine( other ) }`;
}

function removeLine( other: Other ): string {
	switch ( other.source ) {
		case 'database':
			return __( 'Remove it, unless you mean to use it later.', 'slashimage' );
		case 'network':
			return __( 'It is used where a site has no key of its own.', 'slashimage' );
		default:
			/* translators: %s: where a key comes from (the constant SLASHIMAGE_API_KEY). */
			return sprintf( __( 'Remove %s, or put the same key there.', 'slashimage' ), placeOf( other ) );
	}
}
