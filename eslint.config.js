import wordpress from '@wordpress/eslint-plugin';
import manifest from './plugin.json' with { type: 'json' };

const typescript = [ '**/*.ts', '**/*.tsx' ];

const heavy = [ 'react', 'react-dom', 'zod', 'zod/**', '@wordpress/element', '@wordpress/components' ];

/** What a room may not import: imports run one way, and other people's screens get no React and no parser. */
const room = ( name, forbidden = [], allowed = [] ) => ( {
	files: [ `src/${ name }/**` ],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{ group: [ '**/sandbox/**', '**/tests/**', '**/tools/**' ] },
					...[ 'admin', 'doctor', 'network', 'notices', 'status', 'host' ]
						.filter( ( other ) => other !== name && ! allowed.includes( other ) )
						.map( ( other ) => ( { group: [ `../${ other }/**` ] } ) ),
					...( forbidden.length ? [ { group: forbidden } ] : [] ),
				],
			},
		],
	},
} );

export default [
	{ ignores: [ 'build/', '.cache/' ] },
	...wordpress.configs.recommended,
	{
		rules: {
			'@wordpress/i18n-text-domain': [ 'error', { allowedTextDomain: manifest.slug } ],
			// `== null` is how one asks for null and undefined at once.
			eqeqeq: [ 'error', 'always', { null: 'ignore' } ],
			// Comments are sentences for people; the types say what the parameters are.
			'jsdoc/require-param': 'off',
			'jsdoc/require-returns': 'off',
			// Naming what is read, all at once and before deciding, is easier to follow than saving the reads.
			'@wordpress/no-unused-vars-before-return': 'off',
			// Brackets mark a name that comes from outside and may be missing.
			'dot-notation': 'off',
		},
	},
	{
		files: typescript,
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			// A name with an underscore is one that is taken out on purpose.
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
			],
			// The compiler knows the types of the browser and of Node.
			'no-undef': 'off',
		},
	},
	{
		files: [ 'src/**' ],
		rules: { 'no-console': 'error' },
	},
	// The bubble in the menu is the same on every screen.
	room( 'admin', [], [ 'notices' ] ),
	// A part of the settings screen that loads later.
	room( 'doctor', [], [ 'admin' ] ),
	// The same things to say about a key, to another person.
	room( 'network', [], [ 'admin' ] ),
	room( 'notices', heavy ),
	// Its screens have one script, which shows the notice as well.
	room( 'status', heavy, [ 'notices' ] ),
	// Pure: what a key is and what an answer means needs no browser and no WordPress.
	room( 'validation', [ 'react', 'react-dom', '@wordpress/**', '../*/**' ] ),
	{
		// Programs for a terminal, with bit arithmetic in the sandbox's file formats and environment variables.
		files: [ 'sandbox/**', 'tools/**', 'tests/**', '*.js' ],
		rules: { 'no-console': 'off', 'no-bitwise': 'off', '@wordpress/no-wp-process-env': 'off' },
	},
	{
		// One page, which is the test's own.
		files: [ 'tests/**' ],
		rules: { '@wordpress/no-global-active-element': 'off' },
	},
	{
		// The one place of a room that translates the catalog's sentences, which are not literals there.
		// tools/languages collects them from the catalog.
		files: [ 'src/*/translate.ts' ],
		rules: { '@wordpress/i18n-no-variables': 'off', '@wordpress/i18n-translator-comments': 'off' },
	},
];
