// What an outcome means where only the host says it. Apart from the others, because no script needs these: they come with
// the image or the hold.

/** Why an image waits, isn't sent, or its answer isn't taken, and why the queue is held. */
export const hostSentences = {
	optimized: 'Optimized.',
	monthly_limit_reached: 'No credits left. Optimizing goes on when there are credits again.',
	credit_limit_reached: 'The credit cap of this key is reached. It is tried again later.',
	service_busy: 'The service is busy. It is tried again shortly.',
	not_processable_format: 'The service can not read this file. Is it damaged?',
	unsupported_format: 'The service does not take this kind of file.',
	no_image: "The API didn't receive the file. SlashImage will retry automatically.",
	invalid_params: "The API couldn't process the request for this file. SlashImage will retry automatically.",
	server_error: 'The service has a problem of its own. It is tried again later.',
	auth_error: 'The service could not check the key just now. It is tried again later.',
	billing_error: 'The service could not check your plan just now. It is tried again later.',
	credit_error: 'The service could not count your credits just now. It is tried again later.',
	no_answer: 'The service did not answer. It is tried again later.',
	redirected: 'Something between this site and the service redirected the request. It is tried again later.',
	unexpected: 'Something other than the service answered. It is tried again later.',
	type_not_supported: "SlashImage can't optimize this type of file.",
	not_writable:
		"Your uploads folder isn't writable, so nothing was sent. SlashImage will retry automatically. " +
		'Ask your host to make the folder writable.',
	disk_full:
		'Your disk is almost full, so nothing was sent. SlashImage will retry automatically. ' +
		'Free up space, or ask your host for more.',
	write_failed:
		"The optimized file couldn't be saved. Your original is unchanged. SlashImage will retry automatically. " +
		'Check that your uploads folder is writable and your disk has free space.',
	worker_error:
		'A PHP error on this site stopped optimizing. SlashImage will retry automatically. Run the checks to see where it comes from.',
	work_ended:
		'Your server stops background tasks before they finish, so images are optimized only while WP-Cron runs or this ' +
		'screen is open. Ask your host to let PHP requests run to their end.',
	/* translators: 1: the domain the key was connected on, 2: the domain of this site. */
	another_site:
		'Your API key was connected on %1$s, but this site is %2$s. No images are sent and no credits are used until you ' +
		'confirm that SlashImage may optimize here, too.',
	/* translators: 1: the environment type the key was connected in (production), 2: the one of this site (staging). */
	another_environment:
		'Your API key was connected on a %1$s site, but this is a %2$s site. No images are sent and no credits are used ' +
		'until you confirm that SlashImage may optimize here, too.',
	/* translators: %1$s: the name of a constant. */
	switched_off:
		'Optimization is turned off on this site by the constant %1$s. No images are sent. ' +
		'To turn it back on, change the constant in wp-config.php.',
	file_elsewhere:
		"This image's file isn't on this server, so it can't be optimized here. If the file comes back, you can optimize it.",
	broken_type: 'The API returned a file of another type. Your original is unchanged.',
	broken_incomplete: 'The API returned an incomplete file. Your original is unchanged.',
	broken_still: 'The API returned a single frame of this animation. Your original is unchanged.',
	broken_time: 'The API returned this animation at another speed. Your original is unchanged.',
	broken_loops: 'The API changed how often this animation repeats. Your original is unchanged.',
	broken_sides: 'The API returned an image with other dimensions. Your original is unchanged.',
	broken_turned: 'The API returned this image rotated or flipped. Your original is unchanged.',
	broken_transparency: 'The API returned this image without its transparency. Your original is unchanged.',
	broken_colours: 'The API returned this image with changed colors. Your original is unchanged.',
	broken_look: 'The API returned an image that looks different. Your original is unchanged.',
	broken_rights: 'The API removed the copyright information of this image. Your original is unchanged.',
	broken_panorama: 'The API removed the panorama data of this image. Your original is unchanged.',
	has_hdr: 'HDR image: optimizing would flatten its brightness.',
	has_gain_map: 'HDR photo: optimizing would remove its brightness map.',
	has_motion: 'Motion photo: optimizing would remove its video.',
	has_depth: 'Portrait photo: optimizing would remove its depth map.',
	has_stereo: '3D photo: optimizing would remove the view for the other eye.',
	has_layers: "Editable image: optimizing would remove its layers or its editor's data.",
	has_sequence: "Animated AVIF images aren't supported yet.",
	has_cmyk: 'CMYK image: optimizing would change its colors. Save it as RGB to optimize it.',
	has_appended: 'This file contains more than an image: optimizing would remove the rest.',
	file_linked: "This file is a link to another file (symlink), so it isn't replaced.",
	file_incomplete: 'This file is incomplete, so it was not sent. Upload the image again.',
	size_exceeded_server: 'The file is larger than the service accepts (100 MB).',
	size_exceeded_for_plan: 'The file is larger than your plan allows. A larger plan takes it.',
	gif_too_large: 'The animated GIF is too large for the service.',
	rejected: 'The API rejected a file of this image several times. Your original is unchanged.',
	unanswered:
		'The API returned errors for this image several times while it accepted others. Your original is unchanged.',
	file_unreadable: 'The file is missing or can not be read. The original was left as it is.',
	file_changed: 'The file was replaced while it was being optimized. SlashImage will retry with the new one.',
	result_broken: 'The API returned a damaged file. Your original is unchanged.',
	result_larger: 'The optimized file was not smaller. The original was left as it is.',
	memory_short:
		'PHP has too little memory for a file of this image, so it was not sent. Ask your host to raise memory_limit.',
	optimized_1_2: "An earlier version of SlashImage optimized this image, so how much it saved isn't known.",
	interrupted: 'Optimizing stopped several times without an answer. Does the server have enough memory?',
} as const;

export type HostCode = keyof typeof hostSentences;

/** REST errors of requests that no screen of ours makes. */
export const hostRequestSentences = {
	image_not_found: 'There is no such image.',
	ids_invalid: 'Give up to 200 attachment ids, separated by commas.',
	action_unknown: "There's no such action.",
} as const;
