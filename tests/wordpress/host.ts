import { request } from 'node:http';
import { site } from './site.ts';

/** Asks the site under another name, as anybody can: `fetch` does not let anybody choose the Host. */
export async function askAs(
	host: string,
	path: string,
	{ cookie = '', nonce = '', form = '', json = '' } = {}
): Promise< string > {
	const { wp } = await site();
	const body = form || json;
	const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
	const headers = { host, cookie, 'x-wp-nonce': nonce, 'content-type': type, 'content-length': body.length };
	return new Promise( ( resolve, reject ) => {
		const asked = request( wp.url + path, { method: body ? 'POST' : 'GET', headers }, async ( answer ) => {
			let text = '';
			for await ( const chunk of answer ) {
				text += String( chunk );
			}
			resolve( text );
		} );
		asked.once( 'error', reject ).end( body );
	} );
}

/** A site that takes its address from the request, as some configurations do. */
export const addressOfRequest = `
	$address = fn() => 'http://' . ( $_SERVER['HTTP_HOST'] ?? '' );
	add_filter( 'option_home', $address, 20 );
	add_filter( 'option_siteurl', $address, 20 );`;
