type Close = () => unknown;

const patience = 8_000;

export interface Closing {
	add: ( close: Close ) => void;
	/** Closes everything and ends the process, once. */
	end: ( code: number ) => Promise< void >;
	isEnding: () => boolean;
}

/**
 * Remembers how to close what was started and closes it, last first, when the process is asked
 * to stop: by Ctrl+C, by whoever runs it, or because a later step failed. A second Ctrl+C, or
 * something that will not close, ends the process all the same; nothing started outlives it.
 */
export function closingTime(): Closing {
	const closes: Close[] = [];
	let ending = false;
	const end = async ( code: number ) => {
		if ( ending ) {
			return;
		}
		ending = true;
		setTimeout( () => process.exit( 1 ), patience ).unref();
		for ( const close of closes.reverse() ) {
			await Promise.resolve()
				.then( close )
				.catch( ( error: unknown ) => console.error( error ) );
		}
		process.exit( code );
	};
	for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
		process.once( signal, () => void end( 0 ) );
		process.on( signal, againIsEnough() );
	}
	whenNpmIsGone( () => void end( 0 ) );
	return { add: ( close ) => void closes.push( close ), end, isEnding: () => ending };
}

/** A terminal sends Ctrl+C to npm as well, which passes it on: two at once are still one. */
function againIsEnough(): () => void {
	let first: number | undefined;
	return () => {
		first ??= Date.now();
		if ( Date.now() - first > 500 ) {
			process.exit( 1 );
		}
	};
}

/**
 * npm passes a SIGTERM to the shell between it and us, and the shell dies of it without telling
 * us. Seen from here, the parent process is another one all of a sudden.
 */
function whenNpmIsGone( close: Close ): void {
	const parent = process.ppid;
	if ( process.env[ 'npm_lifecycle_event' ] ) {
		setInterval( () => process.ppid !== parent && close(), 300 ).unref();
	}
}
