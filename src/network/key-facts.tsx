import { __, sprintf } from '@wordpress/i18n';
import { placeOf } from '../admin/managed-key.tsx';
import { Moment } from '../admin/moment.tsx';
import { t } from '../admin/translate.ts';
import type { Network } from '../validation/network-schemas.ts';
import { outcomeSentences } from '../validation/sentences.ts';

/** Which key all sites use, and what is known about it. */
export function KeyFacts( { network: { key, problem, verified_at: verifiedAt } }: { network: Network } ) {
	const trouble = problem && ( outcomeSentences as Record< string, string > )[ problem ];
	return (
		<>
			<dl className="slashimage-facts">
				<dt>{ __( 'Key', 'slashimage' ) }</dt>
				<dd>{ key.fingerprint ? <code>{ key.fingerprint }</code> : '?' }</dd>
				{ verifiedAt !== null && (
					<>
						<dt>{ __( 'Verified', 'slashimage' ) }</dt>
						<dd>
							<Moment at={ verifiedAt } />
						</dd>
					</>
				) }
			</dl>
			{ trouble && <p className="slashimage-message is-warning">{ t( trouble ) }</p> }
			{ key.others.map( ( other ) => (
				<p className="slashimage-message is-warning" key={ other.source }>
					{ unused( other ) }
				</p>
			) ) }
		</>
	);
}

const unused = ( other: Network[ 'key' ][ 'others' ][ number ] ): string =>
	/* translators: 1: where a key comes from (the constant SLASHIMAGE_API_KEY), 2: its first and last characters. */
	sprintf( __( 'Not used: the key from %1$s (%2$s).', 'slashimage' ), placeOf( other ), other.fingerprint || '?' );
