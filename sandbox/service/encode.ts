import sharp from 'sharp';
import type { Metadata, Sharp } from 'sharp';
import type { Format } from './format.ts';
import { withoutJpegMetadata } from './jpeg-strip.ts';
import type { Mode } from './upload.ts';

export interface Picture {
	bytes: Buffer;
	format: Format;
	metadata: Metadata;
	isOpaque: boolean;
	mode: Mode;
	keepMetadata: boolean;
}

const QUALITY = {
	lossy: { jpeg: 75, png: 80, webp: 75, avif: 50, gifError: 8 },
	glossy: { jpeg: 85, png: 95, webp: 85, avif: 62, gifError: 2 },
} as const;

/**
 * Takes a file; returns sharp's reader of it. The pixel limit keeps a small file that unpacks to
 * gigabytes from taking the machine down; a damaged file is an error, never a half grey picture.
 */
export function open( bytes: Buffer ): Sharp {
	return sharp( bytes, { animated: true, limitInputPixels: 120_000_000, failOn: 'error' } );
}

/**
 * Takes a picture and the format wanted; returns it encoded, or null when the mode can't be kept in
 * that format: lossless means the same pixels, which JPEG and GIF encoders don't give, and which a
 * picture of 16 bits a channel loses in the others.
 */
export async function encode( picture: Picture, format: Format ): Promise< Buffer | null > {
	if ( picture.mode === 'lossless' ) {
		if ( format === 'jpeg' ) {
			return stripOnly( picture );
		}
		if ( format === 'gif' || picture.metadata.depth !== 'uchar' ) {
			return null;
		}
	}
	return encoder( withMetadataOf( picture ), format, picture.mode ).toBuffer();
}

function stripOnly( picture: Picture ): Buffer | null {
	const turned = ( picture.metadata.orientation ?? 1 ) !== 1;
	return picture.format !== 'jpeg' || picture.keepMetadata || turned ? null : withoutJpegMetadata( picture.bytes );
}

/** Without its orientation a photo lies on its side, so that one is kept in any case. */
function withMetadataOf( picture: Picture ): Sharp {
	const pipeline = open( picture.bytes );
	if ( picture.keepMetadata ) {
		return pipeline.keepMetadata();
	}
	const orientation = picture.metadata.orientation ?? 1;
	const kept = pipeline.keepIccProfile();
	return orientation === 1 ? kept : kept.withExif( { IFD0: { Orientation: String( orientation ) } } );
}

function encoder( pipeline: Sharp, format: Format, mode: Mode ): Sharp {
	const isLossless = mode === 'lossless';
	const quality = QUALITY[ isLossless ? 'glossy' : mode ];
	switch ( format ) {
		case 'jpeg':
			return pipeline.jpeg( { quality: quality.jpeg, mozjpeg: true } );
		case 'png':
			return isLossless
				? pipeline.png( { compressionLevel: 9, adaptiveFiltering: true } )
				: pipeline.png( { palette: true, quality: quality.png, effort: 4 } );
		case 'webp':
			return pipeline.webp( { quality: quality.webp, lossless: isLossless } );
		case 'avif':
			return pipeline.avif( { quality: quality.avif, lossless: isLossless, effort: 2 } );
		case 'gif':
			return pipeline.gif( { interFrameMaxError: quality.gifError } );
	}
}
