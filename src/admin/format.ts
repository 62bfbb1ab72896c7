/** The language of the page, or the browser's where WordPress names one that `Intl` does not know. */
function language(): string | undefined {
	try {
		return Intl.getCanonicalLocales( document.documentElement.lang )[ 0 ];
	} catch {
		return undefined;
	}
}

export const formatNumber = ( value: number ): string => new Intl.NumberFormat( language() ).format( value );

export const formatPercent = ( part: number ): string =>
	new Intl.NumberFormat( language(), { style: 'percent' } ).format( part );

const units = [ 'byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte' ] as const;

/** Formats bytes the way people read them: 812 kB, 1.4 GB. */
export function formatBytes( bytes: number ): string {
	const power = Math.min( units.length - 1, bytes > 0 ? Math.floor( Math.log10( bytes ) / 3 ) : 0 );
	return new Intl.NumberFormat( language(), {
		style: 'unit',
		unit: units[ power ] ?? 'byte',
		maximumFractionDigits: power > 1 ? 1 : 0,
	} ).format( bytes / 1000 ** power );
}

/** Formats a moment in full. Takes unix seconds. */
export const formatMoment = ( at: number ): string =>
	new Intl.DateTimeFormat( language(), { dateStyle: 'medium', timeStyle: 'short' } ).format( at * 1000 );

const steps = [
	[ 'day', 86_400 ],
	[ 'hour', 3_600 ],
	[ 'minute', 60 ],
] as const;

/**
 * Formats about how long something takes, a minute at least: in the unit in which that is one and a half or more, and in
 * steps of five from ten on, so that an estimate does not seem to know better, or flicker.
 */
export function formatDuration( seconds: number ): string {
	const [ unit, length ] = steps.find( ( step ) => seconds >= 1.5 * step[ 1 ] ) ?? [ 'minute', 60 ];
	const value = Math.round( seconds / length );
	return new Intl.NumberFormat( language(), { style: 'unit', unit, unitDisplay: 'long' } ).format(
		value < 10 ? value : 5 * Math.round( value / 5 )
	);
}

/**
 * Formats how long ago something was, or in how long it will be. Takes unix seconds. What lies behind never reads as
 * "in 2 minutes", though the browser's clock may be behind the server's, and the other way round. What is still to come
 * is a minute away at least: nobody sees it happen "now".
 */
export function formatRelative( at: number, now: number, when: 'past' | 'future' ): string {
	const sign = when === 'past' ? -1 : 1;
	const ahead = sign * ( at - now );
	const distance = when === 'future' && ahead > 0 ? Math.max( 60, ahead ) : Math.max( 0, ahead );
	const [ unit, seconds ] = steps.find( ( step ) => distance >= step[ 1 ] ) ?? [ 'second', 60 ];
	const value = Math.floor( distance / seconds );
	return new Intl.RelativeTimeFormat( language(), { numeric: 'auto' } ).format( sign * value, unit );
}
