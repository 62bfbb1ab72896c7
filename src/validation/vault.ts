/** In the folder of the originals, for whoever comes across it. Not translated: it is written before anybody reads it. */
export const vaultMarker =
	'SlashImage keeps the untouched originals of your optimized images in this folder. ' +
	'"Restore original" in the media library needs them. Include this folder in your backups, and do not rename its files.';
