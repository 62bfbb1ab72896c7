import { __ } from '@wordpress/i18n';

/** Translates a sentence of the catalog in src/validation, which stands there as plain English. */
export const translate = ( sentence: string ): string => __( sentence, 'slashimage' );
