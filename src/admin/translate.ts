import { __, _n } from '@wordpress/i18n';

// The sentences of src/validation are written there once, and collected from there for translators.

/** Translates a sentence of src/validation. */
export const t = ( sentence: string ): string => __( sentence, 'slashimage' );

/** Translates a sentence of src/validation whose form depends on a number. */
export const tn = ( one: string, many: string, count: number ): string => _n( one, many, count, 'slashimage' );

/** Fills the one gap of a sentence of src/validation. `sprintf` wants to know the sentence when it is compiled. */
export const fill = ( sentence: string, value: string | number ): string =>
	sentence.replace( /%(?:1\$)?[sd]/, () => String( value ) );
