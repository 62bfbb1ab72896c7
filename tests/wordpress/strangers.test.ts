import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './queue.ts';
import { site } from './site.ts';

// Hooks that other plugins share with us are called by them, too, and with anything: each of ours takes it and hands it on.

const hooksFile = `WP_PLUGIN_DIR . '/slashimage/host/hooks.php'`;

/** Every function of ours on a hook, on a list of media, in an Ajax request and on a network, with its number of arguments. */
const allOfOurs = `
	require_once ABSPATH . 'wp-admin/includes/admin.php';
	set_current_screen( 'upload' );
	wp_set_current_user( 1 );
	add_filter( 'wp_doing_ajax', '__return_true' );
	do_action( 'load-upload.php' );
	do_action( 'load-post.php' );
	require ${ hooksFile };
	do_action( 'wp_ajax_query-attachments' );
	add_filter( 'wpmu_drop_tables', [ SlashImage\\Network_Sites::class, 'tables' ], 10, 2 );
	add_action( 'wp_initialize_site', [ SlashImage\\Network_Sites::class, 'initialize' ], 100 );
	add_filter( 'pre_recurse_dirsize', [ SlashImage\\Files\\Vault::class, 'weigh' ], 10, 2 );
	add_action( 'http_api_curl', [ SlashImage\\Service::class, 'stop_reading' ], 10, 1 );
	$ours = [];
	foreach ( $GLOBALS['wp_filter'] as $hook => $filter ) {
		foreach ( $filter->callbacks as $callbacks ) {
			foreach ( $callbacks as $entry ) {
				$what = $entry['function'];
				$file = is_array( $what ) ? ( is_object( $what[0] ) || class_exists( $what[0] ) ? ( new ReflectionClass( $what[0] ) )->getFileName() : '' ) : ( $what instanceof Closure ? ( new ReflectionFunction( $what ) )->getFileName() : '' );
				if ( false !== strpos( (string) $file, 'plugins/slashimage/' ) && false === strpos( $hook, 'slashimage' ) && 'rest_api_init' !== $hook ) {
					$ours[] = [ $hook, $what, $entry['accepted_args'] ];
				}
			}
		}
	}`;

describe( 'hooks that other plugins share', () => {
	beforeAll( async () => {
		await ( await site() ).reset();
		await connect();
	} );

	beforeEach( async () => {
		expect( await ( await site() ).log() ).toBe( '' );
	} );

	// Whose it is alone: what WordPress calls when it builds a page, and a request to ourselves.
	const notFilters =
		/^(admin_menu|network_admin_menu|rest_api_init|admin_init|init|admin_enqueue_scripts|shutdown|update_option_home|load-|wp_ajax_query|wp_enqueue_media|activate_|deactivate_)/;

	it.each( [
		[ 'null', 'null' ],
		[ 'false', 'false' ],
		[ 'true', 'true' ],
		[ 'an empty text', `''` ],
		[ 'a text', `'x'` ],
		[ 'zero', '0' ],
		[ 'a number', '7.5' ],
		[ 'an empty list', 'array()' ],
		[ 'a list of nonsense', `array( 'direct' => 'x', null, new stdClass(), 'a' => array() )` ],
		[ 'an object', 'new stdClass()' ],
	] )( 'each of ours takes %s in every place, and hands it on', async ( _, value ) => {
		const { wp } = await site();
		const result = ( await wp.evaluate( `
			${ allOfOurs }
			$value  = ${ value };
			$errors = [];
			$seen   = [];
			set_error_handler( function ( $number, $text ) { throw new ErrorException( $text ); } );
			foreach ( $ours as list( $hook, $what, $accepted ) ) {
				$seen[] = $hook;
				foreach ( array_unique( [ $accepted, 0 ] ) as $count ) {
					try {
						ob_start();
						$back = call_user_func_array( $what, array_fill( 0, $count, $value ) );
						ob_end_clean();
						// A filter that has nothing to do with it gives back what it was given; an action's answer is nobody's.
						if ( $count && null !== $back && $back !== $value && ! ( is_array( $value ) && is_array( $back ) && $value === array_intersect_key( $back, $value ) ) && ! ( is_array( $value ) && is_array( $back ) && ! $value ) && ! isset( $back['direct'] ) && array_merge( (array) $value, [ 'slashimage_done', 'slashimage_changed', 'slashimage_unchanged' ] ) !== $back ) {
							$errors[] = $hook . ' makes ' . wp_json_encode( $back );
						}
					} catch ( Throwable $error ) {
						ob_end_clean();
						$errors[] = $hook . ' ' . $count . ': ' . $error->getMessage();
					}
				}
			}
			restore_error_handler();
			return [ 'errors' => $errors, 'seen' => array_values( array_unique( $seen ) ) ];` ) ) as {
			errors: string[];
			seen: string[];
		};
		expect( result.errors ).toEqual( [] );
		// So that a hook that was renamed is not left out without a word.
		expect( result.seen ).toEqual(
			expect.arrayContaining( [
				'add_attachment',
				'added_post_meta',
				'attachment_updated',
				'delete_attachment',
				'debug_information',
				'handle_bulk_actions-upload',
				'manage_media_columns',
				'posts_pre_query',
				'posts_where_paged',
				'removable_query_args',
				'site_status_tests',
				'the_posts',
				'trashed_post',
				'untrashed_post',
				'updated_post_meta',
				'wp_generate_attachment_metadata',
				'wp_prepare_attachment_for_js',
				'add_meta_boxes_attachment',
			] )
		);
		expect( result.seen.filter( ( hook ) => ! notFilters.test( hook ) ).length ).toBeGreaterThan( 17 );
	} );

	it( 'through WordPress itself: applied, with too few arguments, too', async () => {
		const { wp } = await site();
		expect(
			await wp.evaluate( `
			${ allOfOurs }
			// Ours alone: WordPress's own functions are as strict as they are.
			foreach ( $ours as list( $hook ) ) { remove_all_filters( $hook ); }
			foreach ( $ours as list( $hook, $what, $accepted ) ) { add_filter( $hook, $what, 10, $accepted ); }
			$out = [];
			foreach ( [ 'manage_media_columns', 'posts_where_paged', 'removable_query_args', 'the_posts', 'wp_prepare_attachment_for_js', 'site_status_tests', 'debug_information', 'wp_generate_attachment_metadata' ] as $hook ) {
				foreach ( [ null, false, '', 0, 'x' ] as $value ) {
					if ( $value !== apply_filters( $hook, $value ) ) { $out[] = $hook; }
				}
			}
			foreach ( [ 'add_attachment', 'trashed_post', 'untrashed_post', 'delete_attachment', 'attachment_updated', 'added_post_meta', 'updated_post_meta' ] as $hook ) {
				foreach ( [ null, false, '', 0, 'x', '0', '-3', new stdClass() ] as $value ) {
					do_action( $hook, $value );
				}
			}
			return $out;` )
		).toEqual( [] );
	} );

	it( 'an event about no post says nothing about the one at hand', async () => {
		const { wp, upload } = await site();
		const [ id ] = await upload( 1 );
		expect(
			await wp.evaluate( `
			$before = SlashImage\\Queue::rows( [ ${ id } ] );
			$GLOBALS['post'] = get_post( ${ id } );
			foreach ( [ 'trashed_post', 'untrashed_post', 'add_attachment' ] as $hook ) { do_action( $hook, 0 ); do_action( $hook, false ); }
			$rows = SlashImage\\Queue::count( '1 = 1' );
			return [ $rows, SlashImage\\Queue::rows( [ 0 ] ) ];` )
		).toEqual( [ 1, [] ] );
	} );

	// The functions of extensions that a PHP may lack, without WordPress's own in their place: none is called without asking.
	it( 'nothing is called that PHP need not have', async () => {
		const { wp } = await site();
		const found = await wp.evaluate( `
			// In wp-includes/compat.php and sodium_compat since WordPress 6.8 or before.
			$made_up = '/^(mb_substr|mb_strlen|sodium_.*|hash_.*|random_.*|json_.*|preg_.*)$/';
			// Given a handle of it, or asked for beforehand.
			$with_curl = '/^curl_setopt$/';
			$known = [];
			foreach ( [ 'mbstring', 'intl', 'ctype', 'iconv', 'curl', 'exif', 'gd', 'fileinfo', 'zip', 'openssl', 'posix', 'tokenizer', 'simplexml', 'dom', 'xml', 'imagick', 'gettext', 'calendar', 'ftp', 'sockets', 'bcmath', 'gmp', 'sodium' ] as $extension ) {
				foreach ( (array) get_extension_funcs( $extension ) as $function ) { $known[ $function ] = $extension; }
			}
			$found = [];
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( WP_PLUGIN_DIR . '/slashimage/host', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
				$code   = (string) file_get_contents( $file );
				$tokens = array_values( array_filter( token_get_all( $code ), fn( $token ) => ! is_array( $token ) || ! in_array( $token[0], [ T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ], true ) ) );
				foreach ( $tokens as $at => $token ) {
					$before = $tokens[ $at - 1 ] ?? null;
					if ( ! is_array( $token ) || T_STRING !== $token[0] || '(' !== ( $tokens[ $at + 1 ] ?? '' ) || ( is_array( $before ) && in_array( $before[0], [ T_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_NEW ], true ) ) ) { continue; }
					$name = strtolower( $token[1] );
					if ( isset( $known[ $name ] ) && ! preg_match( $made_up, $name ) && ! preg_match( $with_curl, $name ) && false === strpos( $code, "function_exists( '$name' )" ) && false === strpos( $code, "extension_loaded( '{$known[ $name ]}' )" ) ) {
						$found[] = $file->getFilename() . ': ' . $name;
					}
				}
			}
			return array_values( array_unique( $found ) );` );
		expect( found ).toEqual( [] );
	} );
} );
