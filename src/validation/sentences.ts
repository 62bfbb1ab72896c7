// Every sentence a decision can lead to, in English, once. Translated where they are shown; `%s` and `%d` are filled
// there. The ones marked "documented" are quoted word for word by the user's documentation.
import type { ImageAction, ImageState } from './image-state.ts';
import type { KeyCause, CleaningNote } from './key-rules.ts';
import type { NoticeCode } from './notices.ts';
import type { ConnectionState, OutcomeCode } from './outcomes.ts';
import type { HostCode } from './host-sentences.ts';

/** The connection pill. Documented. */
export const pills: Record< ConnectionState, string > = {
	connected: 'Connected',
	reconnect: 'Reconnect needed',
	disconnected: 'Not configured',
	unchecked: 'Not checked yet',
};

/** The button beside the key field. Documented. */
export const buttons = { reconnect: 'Reconnect', connect: 'Connect' } as const;

/** The part of a notice's sentence that is a link to Media > SlashImage. */
export const noticeLink = 'SlashImage settings';

/** The admin notice. The first one is documented, and stands for every refusal. */
export const noticeSentences: Record< NoticeCode, string > = {
	key_refused: 'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings.',
	domain_refused: 'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings.',
	not_configured: 'SlashImage needs an API key to optimize your images. Add one in SlashImage settings.',
	unchecked: 'Your API key is not checked yet. Check it in SlashImage settings.',
};

/** Said after the notice's sentence, where more is known. */
export const noticeDetails: Partial< Record< NoticeCode, string > > = {
	/* translators: %s: the site's domain. */
	domain_refused: 'The key is not allowed on %s.',
};

/** Under the key field: what pressing the button came to. Documented. */
export const fieldSentences = {
	malformed: 'API key format is invalid. Keys look like sk_live_… or sk_sub_… and are 48 hex characters long.',
	refused: 'Key was rejected by the API. Double-check that you copied the entire key.',
	unreachable: "Could not reach the API. Check your server's outbound network access.",
} as const;

/** Said after `malformed`: what is wrong with the pasted text. Singular and plural where a number decides. */
export const causeSentences: Record< KeyCause, readonly [ string, string? ] > = {
	key_empty: [ 'Paste your API key first.' ],
	key_masked: [ 'This is the masked form of a key. Use the Copy button in your dashboard to copy the whole key.' ],
	key_test: [ 'This looks like a test key of another service. SlashImage keys start with sk_live_ or sk_sub_.' ],
	key_other_sk: [ 'This looks like a key of another service. SlashImage keys start with sk_live_ or sk_sub_.' ],
	key_other_pk: [
		'This looks like a publishable key of another service. SlashImage keys start with sk_live_ or sk_sub_.',
	],
	key_shortpixel: [ 'This looks like a ShortPixel key. Copy the key from your SlashImage dashboard instead.' ],
	key_akismet: [ 'This looks like an Akismet key. Copy the key from your SlashImage dashboard instead.' ],
	key_beginning: [ 'This is only the beginning of a key. Copy the whole key.' ],
	key_cut_off: [
		'The key is cut off: %d character is missing at the end.',
		'The key is cut off: %d characters are missing at the end.',
	],
	key_too_long: [
		'The key is too long: there is %d character too many. Was something pasted after it?',
		'The key is too long: there are %d characters too many. Was it pasted twice?',
	],
	/* translators: %s: one character. */
	key_wrong_character: [ 'The character “%s” can not be in a key. Copy the key again.' ],
	key_no_prefix: [ 'The beginning is missing: a key starts with sk_live_ or sk_sub_.' ],
	key_unknown: [ 'This does not look like an API key. Copy the key from your SlashImage dashboard.' ],
};

/** Said when cleaning a paste took something away, so that nobody wonders why the field changed. */
export const cleaningSentences: Record< CleaningNote, string > = {
	hidden: 'Hidden characters were removed.',
	spaces: 'Spaces or line breaks were removed.',
	upper_case: 'Upper-case letters were changed to lower case.',
	wrapping: 'Text around the key was removed.',
};

/** What an image's row says. Documented. */
export const imageSentences = {
	paused: 'Paused - reconnect your API key',
	refused: 'API key is invalid or has been revoked.',
} as const;

/** What an image's state is called: in the list, on a thumbnail, beside an image. */
export const imageLabels: Record< ImageState, string > = {
	optimized: 'Optimized',
	partly_optimized: 'Partly optimized',
	optimizing: 'Optimizing…',
	waiting: 'Waiting',
	paused: imageSentences.paused,
	refused: imageSentences.refused,
	out_of_credits: 'Out of credits',
	failed: 'Failed',
	unsupported: 'Not supported',
	elsewhere: 'Not on this server',
	not_optimized: 'Not optimized',
};

/** The same in the media list's filter, where the two documented sentences would be too long. */
export const filterLabels: Record< ImageState, string > = {
	...imageLabels,
	optimizing: 'Optimizing',
	paused: 'Paused',
	refused: 'Key refused',
};

/** What can be done with an image: buttons and bulk actions. */
export const actionLabels: Record< ImageAction, string > = {
	optimize: 'Optimize',
	retry: 'Retry',
	restore: 'Restore original',
};

/** What the bubble in the menu means. `%s`: a number. */
export const bubbleSentences = {
	reconnect: pills.reconnect,
	credits: imageLabels.out_of_credits,
	error: 'Optimizing stopped with an error',
	storage: "Images can't be saved",
	site: 'Confirm this site',
	failed: 'Failed images: %s',
} as const;

/** An image that failed for a reason nothing more is known about. */
export const failedSentence = 'It could not be optimized. The original was left as it is.';

/** REST errors of what can be done with an image, shown beside it. */
export const imageRequestSentences = {
	not_an_image: "This file isn't an image, so SlashImage can't optimize it.",
	image_not_open: 'This image can not be added: it is in the queue or done already.',
	image_not_failed: 'This image can not be tried again: it has not failed.',
	image_not_optimized: 'There is nothing to restore: this image is not optimized.',
	image_busy: 'This image is being optimized right now. Try again in a moment.',
	original_missing: "The original of this image is no longer in the backup folder. Your image wasn't changed.",
	restore_failed:
		"The original couldn't be restored. Nothing is lost. Make your uploads folder writable, then restore again.",
	file_replaced: 'This file was replaced after it was optimized, so there is no original of it to restore.',
} as const;

/** What an outcome means that a script says, too: what is known of a connection. The others are the host's. */
export const outcomeSentences: Record< Exclude< OutcomeCode, HostCode >, string > = {
	accepted: 'The key works.',
	accepted_unprobed: 'The key works. Whether it is allowed on this domain shows with the first image.',
	invalid_key: imageSentences.refused,
	domain_not_allowed: 'The key is locked to other domains.',
	domain_blocked: 'This domain is on the block list of the key.',
	origin_required: 'The key is locked to certain domains, and this site did not say which one it is.',
	key_unreadable: 'The stored key can no longer be read, because the security salts of this site changed.',
	key_malformed: 'The key in the configuration of this site does not have the shape of a key.',
	insecure_address: 'The address of the service is not https, so the key was not sent.',
	no_address: "This site's address isn't known, so the API wasn't asked. Check it under Settings > General.",
};

/** What was seen instead of the service's answer, said after `unreachable`. `%d`: the HTTP status. */
export const seenSentences = {
	none: 'No answer came.',
	dns: 'The name of the service could not be resolved.',
	refused: 'The connection was refused.',
	timeout: 'No answer came in time.',
	broken_off: 'The answer broke off half-way.',
	too_long: 'Something far too long to be an answer of the service came instead.',
	tls: 'The secure connection could not be established.',
	blocked: 'This site does not allow requests to the service (WP_HTTP_BLOCK_EXTERNAL).',
	insecure: outcomeSentences.insecure_address,
	address: outcomeSentences.no_address,
	redirect: 'A redirect came instead of an answer (status %d). It was not followed.',
	html: 'A web page came instead of an answer (status %d): a firewall, a login page of the network, or a proxy?',
	empty: 'An empty answer came (status %d).',
	json: 'The service answered with status %d.',
	text: 'Something unreadable came instead of an answer (status %d).',
} as const;

export type SeenKind = keyof typeof seenSentences;

/** Where a key comes from, inside of a sentence. `%s`: the variable's or constant's name. */
export const sourceSentences = {
	env: 'the environment variable %s',
	constant: 'the constant %s',
	network: 'the network',
	database: 'the settings of this site',
	none: 'nowhere',
} as const;

/** Site Health's test. `%1$s`: since when, `%2$s`: how many images wait. */
export const healthSentences = {
	badge: 'SlashImage',
	good_label: 'SlashImage is connected',
	good: 'The API key works, and images are optimized.',
	reconnect_label: 'SlashImage needs a working API key',
	reconnect: 'The service has refused the API key since %1$s. Optimizing is paused. Images waiting: %2$s.',
	credits_label: 'SlashImage has no credits left',
	credits: 'Optimizing waits for new credits. Images waiting: %2$s.',
	error_label: 'A PHP error stops SlashImage',
	error: '%3$s Images waiting: %2$s.',
	storage_label: "SlashImage can't save optimized images",
	storage: '%3$s Images waiting: %2$s.',
	site_label: 'SlashImage is on hold on this site',
	site: '%3$s Images waiting: %2$s.',
	background_label: 'Your server stops background tasks of SlashImage',
	background: '%3$s Images waiting: %2$s.',
	off_label: 'SlashImage is turned off on this site',
	off: '%3$s Images waiting: %2$s.',
	unchecked_label: 'SlashImage has not checked its API key yet',
	unchecked: 'Not checked yet: SlashImage will verify the API key soon. Images waiting: %2$s.',
	disconnected_label: 'SlashImage has no API key yet',
	disconnected: 'Images are optimized once a key is connected. Images waiting: %2$s.',
	action: 'Open the SlashImage settings',
} as const;

/** The e-mails. `%1$s`: the site's or network's name, `%2$s`: since when, `%3$s`: images waiting, `%4$s`: where to go. */
export const mailSentences = {
	paused_subject: '[%1$s] Optimizing images is paused',
	paused:
		'The SlashImage service has refused the API key of %1$s since %2$s, so optimizing is paused. ' +
		'Images that are optimized already stay as they are. Images waiting: %3$s.',
	paused_action: 'Reconnect here, or find out there what is wrong: %4$s',
	working_subject: '[%1$s] Optimizing images goes on',
	working: 'The API key of %1$s works again. Images that waited go on by themselves: %3$s.',
	working_action: 'Nothing has to be done. The settings: %4$s',
	// Of a network. `%3$s`: how many of its sites wait.
	paused_network:
		'The SlashImage service has refused an API key of %1$s since %2$s, so optimizing is paused where it is used. ' +
		'Images that are optimized already stay as they are. Number of sites: %3$s.',
	paused_sites: 'Sites that wait:',
	/* translators: %s: how many sites are not in the list above. */
	paused_more: 'and %s more',
	working_network: 'No site of %1$s waits for an API key any more. Images that waited go on by themselves.',
	off: 'These e-mails can be turned off in the SlashImage settings.',
} as const;

/** Media > SlashImage, where a hold waits for a person. */
export const allowSiteLabel = 'Optimize on this site too';

/** Why an image is out of the queue, where a person has to know: causes of a row that no outcome has. */
export const standingSentences = {
	stopped: 'Stopped before all files of this image were optimized.',
	restored_in_part: 'Some originals are missing from the backup folder, so those files stay optimized.',
	restore_interrupted: 'Restoring was interrupted. Restore again to finish it.',
	trashed: "Images in the trash aren't optimized.",
} as const;

/** Beside a size whose file isn't on the disk. */
export const missingSizeSentence = 'Missing';

/** REST errors that are not about a key: wrong requests. */
export const requestSentences = {
	key_managed: 'The key of this site is set in its configuration and can only be changed there.',
	withdrawn: 'This was cancelled, so the key was not stored.',
	key_not_stored: 'The key works, but the database of this site did not store it. Try again, or ask your host.',
	forbidden: 'You are not allowed to do that.',
	disconnected: 'Connect SlashImage first.',
	site_not_held: 'SlashImage may optimize on this site already.',
	settings_managed: 'A network administrator decides about this for the whole network.',
} as const;
