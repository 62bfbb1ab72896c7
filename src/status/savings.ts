import { __, sprintf } from '@wordpress/i18n';
import type { Image } from '../validation/schemas.ts';

/** Says how much smaller an image became, in the page's language, or nothing when it did not. */
export function savings( { bytes_before: before, bytes_after: after }: Image ): string {
	const saved = before - after;
	if ( saved <= 0 ) {
		return '';
	}
	return sprintf(
		/* translators: 1: a percentage, as in 62%. 2: a file size, as in 1.2 MB. */
		__( 'Saved %1$s (%2$s)', 'slashimage' ),
		percent( saved / before ),
		size( saved )
	);
}

export const percent = ( part: number ): string => number( part, { style: 'percent' } );

/** A file size in steps of 1024, as WordPress counts on the same screens. */
export function size( bytes: number ): string {
	const unit = bytes < 1024 ** 2 ? 'kilobyte' : 'megabyte';
	const amount = bytes / ( unit === 'kilobyte' ? 1024 : 1024 ** 2 );
	return number( amount, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 } );
}

/** WordPress has locales that are no language tags (`pt_PT_ao90`), which Intl answers with an exception. */
function number( value: number, options: Intl.NumberFormatOptions ): string {
	try {
		return new Intl.NumberFormat( document.documentElement.lang || 'en', options ).format( value );
	} catch {
		return new Intl.NumberFormat( 'en', options ).format( value );
	}
}
