import { __, _n, sprintf } from '@wordpress/i18n';
import type { Plan } from '../validation/schemas.ts';
import { formatNumber } from './format.ts';

/** The plan and what is left of it this month, with a bar where there is a limit. */
export function PlanView( { plan }: { plan: Plan | null } ) {
	if ( ! plan ) {
		return <>{ __( 'Not known. The service did not say.', 'slashimage' ) }</>;
	}
	const left = creditsLeft( plan );
	if ( plan.limit === null || left === null ) {
		return <>{ sprintf( unlimited( plan.used ), formatNumber( plan.used ) ) }</>;
	}
	return (
		<>
			{ sprintf(
				/* translators: 1: credits used, 2: credits a month, 3: credits left. */
				__( '%1$s of %2$s used this month, %3$s left', 'slashimage' ),
				formatNumber( plan.used ),
				formatNumber( plan.limit ),
				formatNumber( left )
			) }
			<progress
				className="slashimage-bar"
				aria-label={ __( 'Credits used this month', 'slashimage' ) }
				max={ Math.max( 1, plan.limit ) }
				value={ Math.min( plan.used, plan.limit ) }
			/>
		</>
	);
}

/** How many credits are left; null where there is no limit. */
export const creditsLeft = ( { limit, used, remaining }: Plan ): number | null =>
	limit === null ? null : ( remaining ?? Math.max( 0, limit - used ) );

const unlimited = ( used: number ) =>
	/* translators: %s: number of images. */
	_n( 'Unlimited, %s image this month', 'Unlimited, %s images this month', used, 'slashimage' );
