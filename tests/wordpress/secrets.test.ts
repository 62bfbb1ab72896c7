import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from './queue.ts';
import { site } from './site.ts';

// What PHP itself, other plugins and error trackers print of our objects: nothing of a key but what may be shown.

const secret = `sk_live_${ 'a1b2c3d4'.repeat( 6 ) }`;

const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );

/** Every way PHP has to print a value. */
const printed = ( value: string ) => `
	$value = ${ value };
	$texts = [ json_encode( $value ), print_r( $value, true ), var_export( $value, true ), print_r( (array) $value, true ), var_export( (array) $value, true ) ];
	try { $texts[] = serialize( $value ); } catch ( Throwable $error ) { $texts[] = $error->getMessage(); }
	ob_start();
	var_dump( $value, (array) $value );
	$texts[] = ob_get_clean();
	return $texts;`;

describe( 'a key, as PHP prints it', () => {
	beforeAll( async () => {
		await ( await site() ).reset();
	} );

	const key = `new SlashImage\\Key( 'constant', 'SLASHIMAGE_API_KEY', '${ secret }' )`;
	it.each( [
		[ 'itself', key ],
		[ 'a copy', `clone ( ${ key } )` ],
		[ 'in a list', `[ 'key' => ${ key } ]` ],
		[ 'in an object', `(object) [ 'key' => ${ key } ]` ],
		[ 'read again', `unserialize( serialize( ${ key } ) )` ],
	] )( '%s: by json_encode, var_export, serialize, print_r, var_dump and casts', async ( _, value ) => {
		const texts = ( await evaluate( printed( value ) ) ) as string[];
		expect( texts ).toHaveLength( 7 );
		for ( const text of texts ) {
			expect( text ).not.toContain( secret.slice( 8, 40 ) );
		}
	} );

	it( 'what holds one: the worker, an attempt', async () => {
		const used = await connect();
		const texts = ( await evaluate(
			printed( `( function () {
			$class  = new ReflectionClass( SlashImage\\Worker::class );
			$worker = $class->newInstanceWithoutConstructor();
			$make   = $class->getConstructor();
			$make->setAccessible( true );
			$make->invoke( $worker, 1.0 );
			$claim  = ( new ReflectionClass( SlashImage\\Queue\\Claim::class ) )->newInstanceWithoutConstructor();
			$claim->id = 1;
			$claim->lease = 'x';
			return [ $worker, new SlashImage\\Queue\\Attempt( $claim, $worker, SlashImage\\Key_Store::current() ), SlashImage\\Key_Store::all() ];
		} )()` )
		) ) as string[];
		for ( const text of texts ) {
			expect( text ).not.toContain( used.slice( 8, 40 ) );
		}
	} );

	it( 'still works: read, copied, and forgotten with the last that holds it', async () => {
		expect(
			await evaluate( `
			$key  = new SlashImage\\Key( 'database', '', '${ secret }' );
			$copy = clone $key;
			$out  = [ $key->secret(), $copy->secret(), $key->fingerprint() ];
			unset( $key );
			$out[] = $copy->secret();
			// Others take the places of what is gone.
			for ( $i = 0; $i < 5; $i++ ) { $others[] = new SlashImage\\Key( 'database', '', 'other' . $i ); }
			$out[] = $copy->secret();
			$out[] = unserialize( serialize( $copy ) )->secret();
			unset( $copy, $others );
			$held = new ReflectionProperty( SlashImage\\Key::class, 'secrets' );
			$held->setAccessible( true );
			$out[] = in_array( '${ secret }', $held->getValue(), true );
			return $out;` )
		).toEqual( [ secret, secret, `sk_live_…${ secret.slice( -4 ) }`, secret, secret, '', false ] );
	} );

	it( 'forged serialized text makes a key that holds none', async () => {
		expect(
			await evaluate( `
			$key = new SlashImage\\Key( 'database', '', '${ secret }' );
			$out = [];
			for ( $at = 0; $at < 50; $at++ ) {
				$forged = @unserialize( 'O:14:"SlashImage\\Key":4:{s:6:"source";s:3:"env";s:4:"name";s:0:"";s:7:"problem";s:0:"";s:18:"' . "\\0SlashImage\\\\Key\\0at" . '";i:' . $at . ';}' );
				$out[] = $forged ? $forged->secret() : '';
			}
			return array_values( array_unique( $out ) );` )
		).toEqual( [ '' ] );
	} );

	// A trace holds the arguments of every call, and error trackers send it on.
	it.each( [
		[ 'asked about', `SlashImage\\Service::ask( 'check', $secret, 5.0 )`, 'slashimage_origin' ],
		[ 'checked', `SlashImage\\Service::check( $secret, 5.0 )`, 'slashimage_origin' ],
		[ 'pasted', `SlashImage\\Check::pasted( $secret, 5.0 )`, 'slashimage_origin' ],
		[
			'used',
			`SlashImage\\Service::optimize( [ 'full' => SlashImage\\Files\\File::read( ABSPATH . 'index.php' ) ], $secret )`,
			'slashimage_settings',
		],
		[ 'sent', `SlashImage\\Service::request( 'GET', $secret, 5.0 )`, 'slashimage_origin' ],
		[ 'stored', `SlashImage\\Key_Store::write( $secret )`, 'pre_update_option_slashimage_key' ],
		[ 'made', `SlashImage\\Doctor_Log::clean( $secret )`, 'pre_option_slashimage_key' ],
	] )( 'one that is %s while something fails is in no trace', async ( _, call, filter ) => {
		const trace = await evaluate( `
			$secret = base64_decode( '${ Buffer.from( secret ).toString( 'base64' ) }' );
			if ( PHP_VERSION_ID < 80200 ) { return 'SlashImage'; }
			ini_set( 'zend.exception_ignore_args', '0' );
			ini_set( 'zend.exception_string_param_max_len', '200' );
			add_filter( '${ filter }', function () { throw new Error( 'Out of luck' ); } );
			try { ${ call }; } catch ( Error $error ) { return (string) $error; }` );
		expect( trace ).toContain( 'SlashImage' );
		expect( trace ).not.toContain( secret.slice( 8, 40 ) );
	} );

	// Where PHP is older the attribute is a comment, as long as it is alone on its line.
	it( 'every parameter that takes one is marked, on a line of its own', async () => {
		const unmarked = await evaluate( `
			if ( PHP_VERSION_ID < 80200 ) { return []; }
			foreach ( [ '', '-gd', '-imagick' ] as $editor ) { require_once ABSPATH . WPINC . "/class-wp-image-editor$editor.php"; }
			$out = [];
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( WP_PLUGIN_DIR . '/slashimage', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
				if ( 'php' !== $file->getExtension() ) { continue; }
				$code = file_get_contents( $file );
				if ( preg_match( '~#\\\\[[^\\n]*\\\\][^\\n]+~', $code, $found ) ) { $out[] = [ $file->getFilename(), $found[0] ]; }
				if ( ! preg_match( '~^(?:final )?class (\\w+)~m', $code, $name ) || ! preg_match( '~^namespace ([^;]+);~m', $code, $space ) ) { continue; }
				foreach ( ( new ReflectionClass( $space[1] . '\\\\' . $name[1] ) )->getMethods() as $method ) {
					foreach ( $method->getParameters() as $parameter ) {
						$marked = $parameter->getAttributes( 'SensitiveParameter' );
						if ( in_array( $parameter->getName(), [ 'secret', 'pasted' ], true ) && ! $marked ) { $out[] = [ $name[1], $method->getName(), $parameter->getName() ]; }
					}
				}
			}
			return $out;` );
		expect( unmarked ).toEqual( [] );
	} );
} );
