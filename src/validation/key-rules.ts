// The shape of a key as data, so that TypeScript and PHP read one list with one small loop each. The patterns keep to
// what JavaScript (with the u flag) and PCRE (with /u) both understand; `\u{…}` is rewritten to `\x{…}` for PHP.

export const hexLength = 48;

/** What is read of a pasted text, in characters: a whole wrapped e-mail, not a book. */
export const longestText = 2000;

export const keyPattern = '^(sk_(?:live|sub)_)[0-9a-f]{48}$';

export type CleaningNote = 'hidden' | 'spaces' | 'upper_case' | 'wrapping';

export interface CleaningRule {
	note: CleaningNote;
	pattern: string;
	replacement: '' | 'lower';
}

const space = '[\\p{Z}\\p{Cc}]';
const mark = '["\'`´‘’‚‛“”„‟«»‹›<>()\\[\\]{},;]';

const wrapping: readonly CleaningRule[] = [
	{
		note: 'wrapping',
		pattern: `^(?:${ space }*(?:${ mark }|[Aa]uthorization:|[Bb]earer:?))+${ space }*`,
		replacement: '',
	},
	{ note: 'wrapping', pattern: `(?:${ space }*${ mark })+${ space }*$`, replacement: '' },
];

export const cleaning: readonly CleaningRule[] = [
	// Zero-width characters, BOM, soft hyphens, direction marks, variation selectors, blank letters.
	{
		note: 'hidden',
		pattern: '[\\p{Cf}\\u{FE00}-\\u{FE0F}\\u{2800}\\u{115F}\\u{1160}\\u{3164}\\u{FFA0}]+',
		replacement: '',
	},
	// First with the spaces in it, so that a pasted header is told as what it is; last for what the rest uncovers.
	...wrapping,
	{ note: 'spaces', pattern: `${ space }+`, replacement: '' },
	{ note: 'upper_case', pattern: '[A-Z]+', replacement: 'lower' },
	...wrapping,
];

/** Why a pasted text is not a key. The code is also the REST error's code. */
export type KeyCause = ( typeof causes )[ number ][ 'cause' ] | 'key_unknown';

// Tried in this order on the cleaned text; the first that fits names the cause. `detail`: what its sentence is filled with,
// made of what the pattern captures: how many characters are missing or too many, or the one that can't be there.
export const causes = [
	{ cause: 'key_empty', pattern: '^$' },
	{ cause: 'key_masked', pattern: '[•●∙·▪⁎*…⋯]|\\.\\.\\.' },
	{ cause: 'key_test', pattern: '^sk_test_' },
	{ cause: 'key_other_sk', pattern: '^sk-' },
	{ cause: 'key_other_pk', pattern: '^pk_' },
	{ cause: 'key_shortpixel', pattern: '^[a-z0-9]{20}$' },
	{ cause: 'key_akismet', pattern: '^[a-z0-9]{12}$' },
	{ cause: 'key_beginning', pattern: '^s(?:k(?:_(?:l(?:i(?:ve?)?)?|s(?:ub?)?)?)?)?$' },
	{ cause: 'key_cut_off', pattern: '^sk_(?:live|sub)_([0-9a-f]{0,47})$', detail: 'count' },
	{ cause: 'key_too_long', pattern: '^sk_(?:live|sub)_([0-9a-f]{49,})$', detail: 'count' },
	{ cause: 'key_wrong_character', pattern: '^sk_(?:live|sub)_[0-9a-f]*([^0-9a-f])', detail: 'character' },
	{ cause: 'key_no_prefix', pattern: '^[a-z_]{0,7}[0-9a-f]{30,48}$' },
] as const;
