import type { NoticeCode } from '../validation/notices.ts';
import { noticeDetails, noticeLink, noticeSentences } from '../validation/sentences.ts';
import { translate } from './translate.ts';

export interface NoticeWords {
	before: string;
	link: string;
	after: string;
}

/**
 * Returns what a notice says, cut where its link to the settings stands. A translation whose sentence declines the
 * link's words, so that they are not found in it, gets the link after the sentence instead of none at all.
 */
export function noticeWords( notice: NoticeCode, domain: string ): NoticeWords {
	const sentence = translate( noticeSentences[ notice ] );
	const link = translate( noticeLink );
	const more = noticeDetails[ notice ];
	// Not sprintf, and a function, because a domain is data: `%s` or `$&` in it mean nothing.
	const details = more && domain ? ` ${ translate( more ).replace( '%s', () => domain ) }` : '';
	const at = sentence.indexOf( link );
	return at < 0
		? { before: `${ sentence } `, link, after: details }
		: { before: sentence.slice( 0, at ), link, after: sentence.slice( at + link.length ) + details };
}
