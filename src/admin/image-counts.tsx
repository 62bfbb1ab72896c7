import { __ } from '@wordpress/i18n';
import type { ImageState } from '../validation/image-state.ts';
import { imageLabels } from '../validation/sentences.ts';
import { formatNumber } from './format.ts';
import { t } from './translate.ts';
import type { Snapshot } from './use-connection.ts';

/** How many images there are of each kind; the kinds that are rare only where there are any. */
export function ImageCounts( { snapshot: { connection, summary } }: { snapshot: Snapshot } ) {
	const waiting = connection.state === 'reconnect' ? __( 'Paused', 'slashimage' ) : __( 'Waiting', 'slashimage' );
	const counts: [ string, number, ImageState? ][] = [
		[ __( 'Optimized', 'slashimage' ), summary.optimized ],
		[ waiting, summary.waiting ],
		[ __( 'Failed', 'slashimage' ), summary.failed ],
	];
	if ( summary.optimizing > 0 ) {
		counts.splice( 1, 0, [ __( 'In progress', 'slashimage' ), summary.optimizing ] );
	}
	if ( summary.partly_optimized > 0 ) {
		counts.splice( 1, 0, [ t( imageLabels.partly_optimized ), summary.partly_optimized, 'partly_optimized' ] );
	}
	if ( summary.unsupported > 0 ) {
		counts.push( [ __( 'Not supported', 'slashimage' ), summary.unsupported, 'unsupported' ] );
	}
	if ( summary.elsewhere > 0 ) {
		counts.push( [ t( imageLabels.elsewhere ), summary.elsewhere ] );
	}
	if ( summary.not_optimized > 0 ) {
		counts.push( [ __( 'Not optimized', 'slashimage' ), summary.not_optimized ] );
	}
	return (
		<dl className="slashimage-counts">
			{ counts.map( ( [ name, count, why ] ) => (
				<div key={ name }>
					<dt>
						{ name }
						{ why && ' ' }
						{ why && (
							<a
								href={ `upload.php?mode=list&slashimage_state=${ why }` }
								aria-label={ `${ __( 'Why?', 'slashimage' ) } ${ name }` }
							>
								{ __( 'Why?', 'slashimage' ) }
							</a>
						) }
					</dt>
					<dd>{ formatNumber( count ) }</dd>
				</div>
			) ) }
		</dl>
	);
}
