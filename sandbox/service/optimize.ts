import type { ErrorCode } from './errors.ts';
import { encode, open } from './encode.ts';
import type { Picture } from './encode.ts';
import { formatOf, hasPrimariesOfItsOwn, isAnimatedPng, isGammaOwn } from './format.ts';
import type { Format } from './format.ts';
import type { Choices } from './upload.ts';

export interface Encoded {
	format: Format;
	bytes: Buffer;
}

export interface Optimized {
	original: Encoded;
	/** In the original's format, or JPEG for a converted PNG; the original itself if not smaller. */
	main: Encoded;
	extras: Encoded[];
	notes: string[];
}

export type Optimization = { kind: 'optimized'; result: Optimized } | { kind: 'refused'; code: ErrorCode };

const LARGEST_ANIMATION = 50_000_000;

/**
 * Takes a file of one of the five formats and the client's choices; returns what became of it, or
 * the code of why it can't be read. Compressing happens in sharp's own threads, so several files
 * are worked on side by side.
 */
export async function optimize( bytes: Buffer, choices: Choices ): Promise< Optimization > {
	const format = formatOf( bytes );
	if ( format === null ) {
		return { kind: 'refused', code: 'unsupported_format' };
	}
	try {
		const metadata = await open( bytes ).metadata();
		const pages = metadata.pages ?? 1;
		const pixels = metadata.width * ( metadata.pageHeight ?? metadata.height ) * pages;
		if ( format === 'gif' && pages > 1 && pixels > LARGEST_ANIMATION ) {
			return { kind: 'refused', code: 'gif_too_large' };
		}
		// Reads every pixel: a file that is kept as it is may be damaged, too.
		const { isOpaque } = await open( bytes ).stats();
		const { mode, keepMetadata } = choices;
		const result = await compress( { bytes, format, metadata, isOpaque, mode, keepMetadata }, choices );
		return { kind: 'optimized', result };
	} catch {
		return { kind: 'refused', code: 'not_processable_format' };
	}
}

async function compress( picture: Picture, choices: Choices ): Promise< Optimized > {
	const original = { format: picture.format, bytes: picture.bytes };
	const notes: string[] = [];
	if ( picture.format === 'png' && isAnimatedPng( picture.bytes ) ) {
		notes.push( 'Animated PNG files are left as they are.' );
		return { original, main: original, extras: [], notes };
	}
	if ( picture.metadata.depth !== 'uchar' || hasColoursOfItsOwn( picture ) ) {
		notes.push( 'Left as it is: its depth or its colors would be lost.' );
		return { original, main: original, extras: [], notes };
	}
	let main = await smaller( picture, picture.format, original );
	if ( choices.pngToJpeg && picture.format === 'png' ) {
		main = await asJpeg( picture, main, notes );
	}
	const extras: Encoded[] = [];
	for ( const format of extraFormats( picture, choices ) ) {
		const extra = await smaller( picture, format, main );
		if ( extra !== main ) {
			extras.push( extra );
		}
	}
	return { original, main, extras, notes };
}

/** What this encoder would drop though the picture looks different without: a PNG's gamma, and code points. */
const hasColoursOfItsOwn = ( { bytes, format }: Picture ): boolean =>
	format === 'png' ? isGammaOwn( bytes ) || bytes.includes( 'cICP', 0, 'latin1' ) : hasPrimariesOfItsOwn( bytes );

/** Returns the picture in the format given, or what it is compared with when that isn't larger. */
async function smaller( picture: Picture, format: Format, than: Encoded ): Promise< Encoded > {
	const bytes = await encode( picture, format );
	// An empty or missing result would be "smaller" than everything.
	const isBetter = bytes !== null && bytes.length > 0 && bytes.length < than.bytes.length;
	return isBetter ? { format, bytes } : than;
}

async function asJpeg( picture: Picture, main: Encoded, notes: string[] ): Promise< Encoded > {
	if ( ! picture.isOpaque ) {
		notes.push( 'Not converted to JPEG: the PNG has transparent parts.' );
		return main;
	}
	if ( picture.mode === 'lossless' ) {
		notes.push( 'Not converted to JPEG: that would not be lossless.' );
		return main;
	}
	const jpeg = await smaller( picture, 'jpeg', main );
	if ( jpeg === main ) {
		notes.push( 'Not converted to JPEG: it would not be smaller.' );
	}
	return jpeg;
}

/** An animation would lose its frames in AVIF. A format is never made from itself. */
function extraFormats( picture: Picture, choices: Choices ): Format[] {
	const isAnimated = ( picture.metadata.pages ?? 1 ) > 1;
	const wanted: Format[] = [];
	if ( choices.webp ) {
		wanted.push( 'webp' );
	}
	if ( choices.avif && ! isAnimated ) {
		wanted.push( 'avif' );
	}
	return wanted.filter( ( format ) => format !== picture.format );
}
