import type { ErrorCode } from './errors.ts';

export interface DomainRules {
	domains: readonly string[];
	blocked: readonly string[];
}

/**
 * Takes a domain as a person writes it (`Example.com`, `https://example.com/blog`); returns the
 * bare host name in lower case, or null when there is none in it.
 */
export function hostNameOf( text: string ): string | null {
	const trimmed = text.trim();
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test( trimmed ) ? trimmed : `http://${ trimmed }`;
	const host = URL.canParse( address ) ? new URL( address ).hostname : '';
	return host === '' || /[^a-z0-9.\-_:[\]]/.test( host ) ? null : host;
}

/**
 * Takes the Origin header; returns the domain the request comes from, or null. `null` (what
 * browsers send for a private origin) and anything that isn't an origin count as none sent.
 */
export function domainOfOrigin( origin: string | undefined ): string | null {
	return origin !== undefined && /^https?:\/\//i.test( origin ) ? hostNameOf( origin ) : null;
}

/**
 * Takes a key's two lists and the domain of the request; returns the code of the refusal, or null.
 * A block wins over an allowance. A key without a list of allowed domains works without a domain.
 */
export function domainRefusal( rules: DomainRules, domain: string | null ): ErrorCode | null {
	if ( domain !== null && isListed( rules.blocked, domain ) ) {
		return 'domain_blocked';
	}
	if ( rules.domains.length === 0 ) {
		return null;
	}
	if ( domain === null ) {
		return 'origin_required';
	}
	return isListed( rules.domains, domain ) ? null : 'domain_not_allowed';
}

function isListed( list: readonly string[], domain: string ): boolean {
	return list.some( ( entry ) => withoutWww( entry ) === withoutWww( domain ) );
}

/** A domain and its www. variant are the same site; other subdomains are not. */
function withoutWww( domain: string ): string {
	return domain.replace( /^www\./, '' );
}
