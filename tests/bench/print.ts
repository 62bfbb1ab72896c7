export interface Measured {
	name: string;
	value: number;
	unit: 'ms' | '%' | 'queries' | 'bytes' | 's';
	note?: string;
}

/** Prints a result, a line of JSON. Nothing else goes to standard output. */
export function print( { name, value, unit, note = '' }: Measured ): void {
	const rounded = Math.round( value * 100 ) / 100;
	process.stdout.write( `${ JSON.stringify( { name, value: rounded, unit, note } ) }\n` );
}

export function median( numbers: readonly number[] ): number {
	const sorted = numbers.toSorted( ( one, other ) => one - other );
	return sorted[ Math.floor( sorted.length / 2 ) ] ?? NaN;
}
