import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, listed } from './collect.ts';

// The list of the files, as code.

const top = `// Made by make.ts, as are the files.

/**
 * What is wrong with an answer.
 *
 * incomplete: it ends too early, or has no pixels
 * type: it is of another type than its name says
 * sides: it is larger, smaller, or lies on its side
 * turned: it is shown turned or mirrored, because what says how it lies is lost or was obeyed twice
 * still: it moved, and moves no more
 * time: all frames together take more or less time
 * loop: it is played another number of times
 * transparency: what was clear is not
 * look: it shows something else
 * colours: what its numbers mean is lost, and they were not converted
 * rights: whose it is, or who made it, is lost
 * panorama: what makes it a panorama is lost
 */
export type Difference =
	| 'incomplete'
	| 'type'
	| 'sides'
	| 'turned'
	| 'still'
	| 'time'
	| 'loop'
	| 'transparency'
	| 'look'
	| 'colours'
	| 'rights'
	| 'panorama';

/**
 * What a file carries that an answer would lose.
 *
 * hdr: light brighter than white
 * gain_map: a second picture that makes it brighter on screens that can
 * motion: a video
 * depth: how far away each pixel is
 * stereo: a second picture, for the other eye
 * layers: what a program needs to edit it, or to stretch it
 * appended: another file
 * sequence: further pictures, as a film
 * cmyk: the colours of print
 */
export type Carried =
	| 'hdr'
	| 'gain_map'
	| 'motion'
	| 'depth'
	| 'stereo'
	| 'layers'
	| 'appended'
	| 'sequence'
	| 'cmyk';

export interface Case {
	name: string;
	/** Of each file: where it lies, from pictures/. */
	before: string;
	/** An answer that is the same picture. */
	right?: string;
	/** Answers that are not; of several differences, each is a right thing to say. */
	wrong: { file: string; difference: Difference | Difference[] }[];
	/** What of the file before can't be kept; an empty list where it only looks so. */
	carries?: Carried[];
}

`;

export function writeList(): void {
	const code = ( value: unknown ): string => {
		if ( Array.isArray( value ) ) {
			return `[ ${ value.map( code ).join( ', ' ) } ]`;
		}
		if ( value && typeof value === 'object' ) {
			return `{ ${ Object.entries( value )
				.map( ( [ key, one ] ) => `${ key }: ${ code( one ) }` )
				.join( ', ' ) } }`;
		}
		return `'${ String( value ) }'`;
	};
	const file = join( folder, 'made.ts' );
	writeFileSync(
		file,
		`${ top }export const cases: Case[] = [\n${ listed.map( ( one ) => `${ code( one ) },\n` ).join( '' ) }];\n`
	);
	execFileSync( 'npx', [ 'eslint', '--fix', file ], { cwd: join( folder, '../..' ), stdio: 'inherit' } );
}
