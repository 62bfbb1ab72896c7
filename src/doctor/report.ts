import { __, sprintf } from '@wordpress/i18n';
import { curlCommand } from '../validation/report.ts';
import type { Report } from '../validation/doctor-schemas.ts';

/** Returns the report as a text that can be read in a mail: sections, one fact a line, and the minimal request last. */
export function reportText( { sections, request }: Report, domain: string ): string {
	/* translators: %s: the site's domain. */
	const title = sprintf( __( 'SlashImage report: %s', 'slashimage' ), domain );
	const parts = sections.map( ( section ) => [
		underlined( section.title, '-' ),
		...section.rows.map( ( { label, value } ) => `${ label }: ${ value.trim().replace( /\s+/g, ' ' ) }` ),
	] );
	const byHand = [ __( 'Repeat the minimal request by hand:', 'slashimage' ), curlCommand( request ) ];
	return [ [ underlined( title, '=' ) ], ...parts, byHand ]
		.map( ( lines ) => `${ lines.join( '\n' ) }\n` )
		.join( '\n' );
}

/** Returns the name of the report's file. */
export const reportFile = ( domain: string, at: Date ): string =>
	`slashimage-report-${ domain }-${ at.toISOString().slice( 0, 10 ) }.txt`;

const underlined = ( title: string, line: string ): string => `${ title }\n${ line.repeat( [ ...title ].length ) }`;
