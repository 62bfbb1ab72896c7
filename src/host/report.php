<?php
declare( strict_types=1 );

namespace SlashImage;

/** Facts about this site's connection, for support. What they are called and how they are grouped is src/validation's. */
final class Report {
	/** Everything, in English: it is read by support. */
	public static function all(): array {
		$switched = switch_to_locale( 'en_US' );
		$sections = self::sections();
		if ( $switched ) {
			restore_previous_locale();
		}
		return array(
			'sections' => $sections,
			'request'  => array(
				'url'    => Service::url() . '/v1/keys/me',
				'origin' => Origin::current(),
			),
		);
	}

	/** @return array<string, string> The facts that are known, by name. No key is among them. */
	public static function facts(): array {
		$facts = self::site() + self::connection() + self::keys() + self::service() + self::images();
		return array_map( array( Doctor_Log::class, 'clean' ), array_filter( $facts, 'strlen' ) );
	}

	private static function sections(): array {
		$facts    = self::facts();
		$sections = array();
		foreach ( Decisions::get( 'report' ) as $section ) {
			$rows = array();
			foreach ( array_intersect( $section['facts'], array_keys( $facts ) ) as $fact ) {
				$rows[] = self::row( Decisions::sentence( 'fact', $fact ), $facts[ $fact ] );
			}
			$sections[] = self::section( $section['title'], $rows );
		}
		$sections[] = self::section( self::words( 'checks' ), array_merge( array(), ...array_map( array( self::class, 'check' ), Doctor::results() ) ) );
		$tried      = Doctor::tried();
		$tried      = $tried ? $tried : array( self::words( 'none' ) );
		$sections[] = self::section( self::words( 'requests' ), array_map( array( self::class, 'row' ), range( 1, count( $tried ) ), $tried ) );
		return $sections;
	}

	/** The rows of one check: its findings. */
	private static function check( array $result ): array {
		$title = Decisions::sentence( 'check', $result['check'] );
		return array_map(
			static fn( array $finding ): array => self::row(
				$title,
				self::words( 'finding', $finding['status'], $finding['seen'], $finding['code'], (string) $result['ms'], self::time( $result['at'] ) )
			),
			$result['findings']
		);
	}

	private static function site(): array {
		return array(
			'site_address' => home_url(),
			'origin'       => Origin::current(),
			'wordpress'    => get_bloginfo( 'version' ),
			'php'          => PHP_VERSION . ' (' . PHP_SAPI . ')',
			'multisite'    => self::words( is_multisite() ? 'yes' : 'no' ),
			'plugin'       => Decisions::manifest( 'version' ),
			'time'         => self::time( time() ),
		);
	}

	private static function connection(): array {
		$state = Connection::get();
		$plan  = $state['plan'];
		return array(
			'state'    => $state['state'],
			'outcome'  => (string) $state['outcome'],
			'since'    => self::time( $state['since'] ),
			'verified' => self::time( $state['verified_at'] ),
			'checked'  => self::time( $state['checked_at'] ),
			'hold'     => self::holds( $state ),
			'plan'     => null === $plan ? '' : self::words( 'plan', (string) $plan['used'], (string) ( $plan['limit'] ?? self::words( 'unlimited' ) ) ),
		);
	}

	/** Every hold that is on, the gravest first. */
	private static function holds( array $state ): string {
		$texts = array();
		foreach ( Hold::all( $state ) as $hold ) {
			$until   = null === $hold['until'] ? self::words( Decisions::get( 'holds', $hold['reason'], 'lifted' ) ) : self::time( $hold['until'] );
			$texts[] = self::words( 'hold', $hold['outcome'], $until );
		}
		return implode( ', ', $texts );
	}

	private static function keys(): array {
		$keys = Key_Store::all();
		$used = array_shift( $keys );
		return array(
			'key'        => $used ? $used->fingerprint() . ( '' === $used->problem ? '' : " ($used->problem)" ) : '',
			'key_source' => $used ? trim( "$used->source $used->name" ) : self::words( 'none' ),
			'other_keys' => implode(
				', ',
				array_map( static fn( Key $key ): string => trim( "$key->source $key->name {$key->fingerprint()}" ), $keys )
			),
		);
	}

	private static function service(): array {
		$curl = function_exists( 'curl_version' ) ? curl_version() : array();
		return array(
			'service_address' => Service::url(),
			'proxy'           => Probe_Site::proxy(),
			'curl'            => $curl ? $curl['version'] . ', ' . $curl['ssl_version'] : self::words( 'missing' ),
			'openssl'         => defined( 'OPENSSL_VERSION_TEXT' ) ? OPENSSL_VERSION_TEXT : self::words( 'missing' ),
		);
	}

	private static function images(): array {
		$summary = Queue::summary();
		$work    = wp_next_scheduled( Schedule::WORK );
		$check   = wp_next_scheduled( Schedule::CHECK );
		return array(
			'optimized'  => (string) $summary['optimized'],
			'waiting'    => (string) $summary['waiting'],
			'failed'     => (string) $summary['failed'],
			'last_work'  => self::time( (int) get_option( Worker::WORKED, 0 ) ),
			'next_work'  => self::time( (int) $work ),
			'next_check' => self::time( (int) $check ),
			'backups'    => Files\Vault::shown(),
			'error'      => trim( implode( ' ', Broken::get() ) ),
		);
	}

	/** Words of the report, filled; never translated. */
	public static function words( string $name, string ...$values ): string {
		return vsprintf( (string) Decisions::get( 'report_words', $name ), $values );
	}

	private static function section( string $title, array $rows ): array {
		return array(
			'title' => $title,
			'rows'  => $rows,
		);
	}

	/** @param string|int $label */
	private static function row( $label, string $value ): array {
		return array(
			'label' => (string) $label,
			'value' => $value,
		);
	}

	/** Unix time as everybody reads it; empty for never. */
	private static function time( ?int $at ): string {
		return $at ? gmdate( 'Y-m-d H:i:s \U\T\C', $at ) : '';
	}
}
