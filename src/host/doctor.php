<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Runs the checks that find out why a key does not work. A check changes nothing and costs no credit. It names what it
 * found; what that means and what to do about it are looked up in src/validation's table.
 */
final class Doctor {
	public const OPTION = 'slashimage_doctor';

	private const PROBES = array(
		'key'      => array( Probe_Key::class, 'key' ),
		'address'  => array( Probe_Way::class, 'address' ),
		'reach'    => array( Probe_Way::class, 'reach' ),
		'site'     => array( Probe_Site::class, 'site' ),
		'answer'   => array( Probe_Service::class, 'answer' ),
		'accepted' => array( Probe_Service::class, 'accepted' ),
		'allowed'  => array( Probe_Service::class, 'allowed' ),
		'plan'     => array( Probe_Service::class, 'plan' ),
		'queue'    => array( Probe_Server::class, 'queue' ),
		'files'    => array( Probe_Server::class, 'files' ),
	);

	/**
	 * Runs one check and remembers its result, for the report and for a later look at the screen. What is remembered of the
	 * checks after it goes: they build on this one, and are older.
	 */
	public static function run( string $check ): array {
		$log    = new Doctor_Log();
		$checks = Decisions::get( 'checks' );
		$before = array_flip( array_slice( $checks, 0, (int) array_search( $check, $checks, true ) ) );
		$from   = microtime( true );
		$stored = array(
			'version'  => Decisions::manifest( 'version' ),
			'check'    => $check,
			'at'       => time(),
			'key_id'   => Key_Store::current()->id(),
			'findings' => $log->cleaned( call_user_func( self::PROBES[ $check ], $log ) ),
			'ms'       => (int) round( 1000 * ( microtime( true ) - $from ) ),
			'tried'    => $log->lines(),
		);
		update_option( self::OPTION, array_intersect_key( self::stored(), $before ) + array( $check => $stored ), false );
		return self::result( $stored );
	}

	/** The remembered results that are about the key in use, in the order of the checks. */
	public static function results(): array {
		$id = Key_Store::current()->id();
		return array_map(
			array( self::class, 'result' ),
			array_values( array_filter( self::stored(), static fn( array $result ): bool => $result['key_id'] === $id ) )
		);
	}

	/** The requests that were made for the remembered results. */
	public static function tried(): array {
		return array_merge( array(), ...array_values( array_column( self::stored(), 'tried' ) ) );
	}

	/** @return array<string, array> The remembered results by check, in their order. Another version's may mean other things. */
	private static function stored(): array {
		$stored  = get_option( self::OPTION );
		$version = Decisions::manifest( 'version' );
		return array_filter(
			is_array( $stored ) ? $stored : array(),
			static fn( array $result ): bool => ( $result['version'] ?? '' ) === $version
		);
	}

	/** A result as it crosses REST: its findings with their sentences, the worst first. */
	private static function result( array $stored ): array {
		$findings = array_map( array( self::class, 'finding' ), $stored['findings'] );
		$statuses = array_flip( Decisions::get( 'schemas', 'check_result', 'properties', 'findings', 'items', 'properties', 'status', 'enum' ) );
		usort( $findings, static fn( array $a, array $b ): int => $statuses[ $b['status'] ] <=> $statuses[ $a['status'] ] );
		return array(
			'check'    => $stored['check'],
			'at'       => $stored['at'],
			'ms'       => $stored['ms'],
			'findings' => $findings,
			'ends'     => (bool) array_filter(
				$stored['findings'],
				static fn( array $found ): bool => (bool) Decisions::get( 'findings', $found[0], 'ends' )
			),
		);
	}

	/** @param string[] $found The finding's code, and what its sentences are filled with. */
	private static function finding( array $found ): array {
		$code = array_shift( $found );
		$row  = Decisions::get( 'findings', $code );
		return array(
			'code'   => $code,
			'status' => $row['status'],
			'seen'   => Decisions::fill( $row['seen'], ...$found ),
			'advice' => self::advice( $row['advice'] ?? '', $found ),
			'link'   => $row['link'] ?? null,
			'steps'  => $row['steps'] ?? array(),
		);
	}

	private static function advice( string $advice, array $values ): string {
		if ( 'change_key' !== $advice ) {
			return Decisions::fill( $advice, ...$values );
		}
		$key = Key_Store::current();
		return Decisions::sentence( 'change_key', $key->source, $key->name );
	}
}
