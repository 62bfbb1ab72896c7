/** What the admin notice can be about. */
export type NoticeCode = 'key_refused' | 'domain_refused' | 'not_configured' | 'unchecked';

export interface NoticeRule {
	/** Where it shows: WordPress screen ids. Never the settings screen, which says the same in place. */
	screens: readonly string[];
	/** How long closing it lasts for that person, in seconds; null: for good. */
	hiddenFor: number | null;
}

const reconnect: NoticeRule = {
	screens: [ 'dashboard', 'plugins', 'upload', 'media', 'attachment' ],
	hiddenFor: 86400,
};

export const notices: Record< NoticeCode, NoticeRule > = {
	key_refused: reconnect,
	domain_refused: reconnect,
	not_configured: { screens: [ 'plugins' ], hiddenFor: null },
	unchecked: { screens: [ 'plugins' ], hiddenFor: null },
};
