import type { IncomingMessage } from 'node:http';

const OWN_HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Takes a request; says whether it came to this machine by a name of this machine. A foreign name
 * that resolves here (DNS rebinding) would let another site read the keys.
 */
export function isForThisMachine( { headers }: IncomingMessage ): boolean {
	return OWN_HOSTS.test( headers.host ?? '' );
}

/**
 * Takes a request that changes something; says whether a form of the dashboard itself sent it. The
 * dashboard has no login, so a form on any other site could delete keys. Browsers state where a
 * form is from; a request that states nothing is refused.
 */
export function isOwnForm( { headers }: IncomingMessage ): boolean {
	const site = headers[ 'sec-fetch-site' ];
	const { origin, host } = headers;
	if ( site === undefined && origin === undefined ) {
		return false;
	}
	return (
		( site === undefined || site === 'same-origin' ) && ( origin === undefined || origin === `http://${ host }` )
	);
}
