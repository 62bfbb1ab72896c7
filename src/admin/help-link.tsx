import { ExternalLink } from '@wordpress/components';
import type { ReactNode } from 'react';

/** Where a page can be found that helps; plugin.json's addresses, by name. */
export type Links = Record< string, string >;

/** A link to a page of the service's, if plugin.json has its address. */
export function HelpLink( { href, children }: { href: string | undefined; children: ReactNode } ) {
	return href ? <ExternalLink href={ href }>{ children }</ExternalLink> : null;
}
