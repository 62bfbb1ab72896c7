import { add } from './collect.ts';
import { jpeg, png, webp } from './encode.ts';
import { picture } from './picture.ts';
import { alone, tagged } from './run.ts';
import { noisyFor } from './stills.ts';
import { withParts } from './webp.ts';

// Whose a picture is, where it was taken, and that it is a panorama; all of it as exiftool writes it.

const inExif = [ '-IFD0:Artist=Ada Beispiel', '-IFD0:Copyright=(c) 2026 Ada Beispiel' ];
const placeInExif = [
	'-GPS:GPSLatitude=48.137',
	'-GPS:GPSLatitudeRef=N',
	'-GPS:GPSLongitude=11.575',
	'-GPS:GPSLongitudeRef=E',
];
const inXmp = [ '-XMP-dc:Creator=Ada Beispiel', '-XMP-dc:Rights=(c) 2026 Ada Beispiel' ];
const placeInXmp = [ '-XMP-exif:GPSLatitude=48.137', '-XMP-exif:GPSLongitude=11.575' ];
const inIptc = [ '-IPTC:By-line=Ada Beispiel', '-IPTC:CopyrightNotice=(c) 2026 Ada Beispiel' ];

const panorama = [
	'-XMP-GPano:ProjectionType=equirectangular',
	'-XMP-GPano:UsePanoramaViewer=True',
	'-XMP-GPano:FullPanoWidthPixels=160',
	'-XMP-GPano:FullPanoHeightPixels=120',
	'-XMP-GPano:CroppedAreaImageWidthPixels=160',
	'-XMP-GPano:CroppedAreaImageHeightPixels=120',
	'-XMP-GPano:CroppedAreaLeftPixels=0',
	'-XMP-GPano:CroppedAreaTopPixels=0',
];

export async function metadata(): Promise< void > {
	const it = picture();
	const ways = {
		'exif-jpeg': [ inExif, placeInExif ],
		'iptc-jpeg': [ inIptc, [] ],
		'xmp-jpeg': [ inXmp, placeInXmp ],
		'all-jpeg': [
			[ ...inExif, ...inIptc, ...inXmp ],
			[ ...placeInExif, ...placeInXmp ],
		],
		'exif-png': [ inExif, placeInExif ],
		'xmp-png': [ inXmp, placeInXmp ],
	} as const;
	for ( const [ name, [ rights, place ] ] of Object.entries( ways ) ) {
		const isJpeg = name.endsWith( 'jpeg' );
		const encode = isJpeg ? jpeg : png;
		const extension = isJpeg ? 'jpg' : 'png';
		const right = await encode( it );
		add( `rights-${ name }`, extension, {
			before: tagged( extension, await encode( noisyFor( isJpeg ? 'jpeg' : 'png' ), true ), ...rights, ...place ),
			right: {
				kept: tagged( extension, right, ...rights, ...place ),
				...( place.length && { 'without-place': tagged( extension, right, ...rights ) } ),
			},
			wrong: {
				stripped: [ 'rights', right ],
				...( place.length && { 'only-place': [ 'rights', tagged( extension, right, ...place ) ] } ),
			},
		} );
	}
	const large = await webp( noisyFor( 'webp' ), true );
	const right = await webp( it );
	for ( const [ kind, rights, place ] of [
		[ 'exif', inExif, placeInExif ],
		[ 'xmp', inXmp, placeInXmp ],
	] as const ) {
		const part = ( file: Buffer, ...tags: string[] ) => withParts( file, { [ kind ]: alone( kind, ...tags ) } );
		add( `rights-${ kind }-webp`, 'webp', {
			before: part( large, ...rights, ...place ),
			right: { kept: part( right, ...rights, ...place ), 'without-place': part( right, ...rights ) },
			wrong: { stripped: [ 'rights', right ], 'only-place': [ 'rights', part( right, ...place ) ] },
		} );
	}
	// Nobody is named: nothing is lost but where it was taken.
	add( 'place-only-jpeg', 'jpg', {
		before: tagged( 'jpg', await jpeg( noisyFor( 'jpeg' ), true ), ...placeInExif, ...placeInXmp ),
		right: await jpeg( it ),
	} );
	add( 'panorama-jpeg', 'jpg', {
		before: tagged( 'jpg', await jpeg( noisyFor( 'jpeg' ), true ), ...panorama ),
		right: tagged( 'jpg', await jpeg( it ), ...panorama ),
		wrong: { stripped: [ 'panorama', await jpeg( it ) ] },
	} );
}
