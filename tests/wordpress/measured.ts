import { site } from './site.ts';
import type { Visitor } from './visitor.ts';

/** A page, and the database queries it took; cron is kept out of it. */
export const measured = async ( path: string, who?: Visitor ) => {
	const { admin, wp } = await site();
	const html = await ( who ?? admin ).page( path, { 'x-slashimage-queries': wp.token } );
	const sent = JSON.parse( /<!-- queries: \d+ (\[.*\]) -->/s.exec( html )?.[ 1 ] ?? '[]' ) as { sql: string }[];
	return { html: html.replace( /<!-- queries:.*/s, '' ), queries: sent.map( ( { sql } ) => sql ) };
};

/** The queries that are the plugin's; the options that WordPress reads at once anyway are not. */
export const ours = ( queries: string[] ) =>
	queries.filter( ( sql ) => sql.includes( 'slashimage' ) && ! sql.includes( 'autoload' ) );

/** The plugin's scripts and styles that a page loads. */
export const loaded = ( html: string ) =>
	[ ...html.matchAll( /plugins\/slashimage\/([\w-]+\.(?:js|css))/g ) ].map( ( match ) => match[ 1 ] ).sort();

/** An answer of REST in the way of a page. */
export const measuredRest = async ( path: string ) => {
	const { admin } = await site();
	const nonce = await admin.page( '/wp-admin/admin-ajax.php?action=rest-nonce' );
	const and = path.includes( '?' ) ? '&' : '?';
	const { html, queries } = await measured( `/wp-json/slashimage/v1${ path }${ and }_wpnonce=${ nonce }` );
	return { body: JSON.parse( html ) as Record< string, unknown >, queries };
};

/** The images a page of the media library tells its script about. */
export function told( html: string ): number[] {
	const [ , data = '{}' ] = /window\.slashimageStatus = (\{.*\});/.exec( html ) ?? [];
	return ( ( JSON.parse( data ) as { images?: { id: number }[] } ).images ?? [] ).map( ( { id } ) => id );
}
