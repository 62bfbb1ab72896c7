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
				'origin' => Service::origin(),
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
		$sections[] = self::section( 'Checks', array_merge( array(), ...array_map( array( self::class, 'check' ), Doctor::results() ) ) );
		$tried      = Doctor::tried();
		$sections[] = self::section( 'Requests', array_map( array( self::class, 'row' ), range( 1, max( 1, count( $tried ) ) ), $tried ? $tried : array( '-' ) ) );
		return $sections;
	}

	/** The rows of one check: its findings. */
	private static function check( array $result ): array {
		$title = Decisions::sentence( 'check', $result['check'] );
		return array_map(
			static fn( array $finding ): array => self::row(
				$title,
				"{$finding['status']} - {$finding['seen']} ({$finding['code']}, {$result['ms']} ms, " . self::time( $result['at'] ) . ')'
			),
			$result['findings']
		);
	}

	private static function site(): array {
		return array(
			'site_address' => home_url(),
			'origin'       => Service::origin(),
			'wordpress'    => get_bloginfo( 'version' ),
			'php'          => PHP_VERSION . ' (' . PHP_SAPI . ')',
			'multisite'    => is_multisite() ? 'yes' : 'no',
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
			'hold'     => Hold::is_on( $state ) ? $state['hold']['outcome'] . ' until ' . self::time( $state['hold']['until'] ) : '',
			'plan'     => null === $plan ? '' : $plan['used'] . ' of ' . ( $plan['limit'] ?? 'unlimited' ),
		);
	}

	private static function keys(): array {
		$keys = Key_Store::all();
		$used = array_shift( $keys );
		return array(
			'key'        => $used ? $used->fingerprint() . ( '' === $used->problem ? '' : " ($used->problem)" ) : '',
			'key_source' => $used ? trim( "$used->source $used->name" ) : 'none',
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
			'curl'            => $curl ? $curl['version'] . ', ' . $curl['ssl_version'] : 'missing',
			'openssl'         => defined( 'OPENSSL_VERSION_TEXT' ) ? OPENSSL_VERSION_TEXT : 'missing',
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
		);
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
