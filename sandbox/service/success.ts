import { jsonAnswer } from './errors.ts';
import type { Answer } from './errors.ts';
import type { Encoded, Optimized } from './optimize.ts';
import type { Account } from './store.ts';

/** Takes the account; returns the answer to "is this key accepted, and what is its plan?". */
export function planAnswer( account: Account ): Answer {
	return jsonAnswer( 200, {
		success: true,
		plan: {
			monthly_limit: account.limit,
			images_used_this_month: account.used,
			images_remaining: remaining( account ),
		},
	} );
}

/**
 * Takes what became of a file, the files to send for it and the account after it; returns the
 * answer. The two differ only while a fault spoils the files: the numbers stay those of the result.
 */
export function optimizedAnswer( result: Optimized, sent: Optimized, account: Account ): Answer {
	const saved = result.original.bytes.length - result.main.bytes.length;
	const value = {
		success: true,
		pre_optimized: result.main === result.original,
		png_converted_to_jpeg: result.original.format === 'png' && result.main.format === 'jpeg',
		original: { size_kb: kilobytes( result.original.bytes.length ) },
		saved_kb: kilobytes( saved ),
		saved_percent: Math.round( ( 100 * saved ) / result.original.bytes.length ),
		optimized: {
			original_format: inJson( sent.main ),
			...Object.fromEntries( sent.extras.map( ( extra ) => [ extra.format, inJson( extra ) ] ) ),
		},
		notes: result.notes,
	};
	const left = remaining( account );
	return jsonAnswer( 200, value, {
		'x-images-remaining': left === null ? 'unlimited' : String( left ),
	} );
}

function remaining( { limit, used }: Account ): number | null {
	return limit === null ? null : Math.max( 0, limit - used );
}

function inJson( { format, bytes }: Encoded ): { format: string; data: string } {
	return { format, data: bytes.toString( 'base64' ) };
}

function kilobytes( bytes: number ): number {
	return Math.round( bytes / 1024 );
}
