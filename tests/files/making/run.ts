import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program makes of these files, in a folder of its own, in the file `out`. */
export function made(
	out: string,
	files: Record< string, Buffer | string >,
	program: string,
	...args: string[]
): Buffer {
	const folder = mkdtempSync( join( tmpdir(), 'slashimage-files-' ) );
	try {
		for ( const [ name, content ] of Object.entries( files ) ) {
			writeFileSync( join( folder, name ), content );
		}
		execFileSync( program, args, { cwd: folder, stdio: [ 'ignore', 'ignore', 'pipe' ] } );
		return readFileSync( join( folder, out ) );
	} finally {
		rmSync( folder, { recursive: true } );
	}
}

/** A file to which exiftool adds these. */
export const tagged = ( extension: string, file: Buffer, ...tags: string[] ): Buffer =>
	made(
		`it.${ extension }`,
		{ [ `it.${ extension }` ]: file },
		'exiftool',
		...[ '-q', '-overwrite_original', '-n', '-api', 'Compact=NoPadding,NoIndent', ...tags, `it.${ extension }` ]
	);

/** EXIF or XMP for itself, as exiftool writes it. */
export const alone = ( extension: 'exif' | 'xmp', ...tags: string[] ): Buffer =>
	made(
		`it.${ extension }`,
		{},
		'exiftool',
		'-q',
		'-n',
		'-api',
		'Compact=NoPadding,NoIndent',
		...tags,
		'-o',
		`it.${ extension }`
	);
