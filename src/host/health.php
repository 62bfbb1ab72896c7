<?php
declare( strict_types=1 );

namespace SlashImage;

/** Tools > Site Health: a test that reads what is known already and asks nobody, and the report's facts under Info. */
final class Health {
	public const TEST = 'slashimage_connection';

	/**
	 * @param mixed $tests
	 * @return mixed
	 */
	public static function add_test( $tests = null ) {
		// WP-Cron counts what is critical for the dashboard, and nobody is logged in there.
		if ( is_array( $tests ) && ( wp_doing_cron() || Connection_Controller::allowed() ) ) {
			$tests['direct']               = is_array( $tests['direct'] ?? null ) ? $tests['direct'] : array();
			$tests['direct'][ self::TEST ] = array(
				'label' => Decisions::manifest( 'name' ),
				'test'  => array( self::class, 'test' ),
			);
		}
		return $tests;
	}

	/** The result of the test, as WordPress shows it. */
	public static function test(): array {
		$state   = Connection::get();
		$code    = self::code( $state );
		$waiting = number_format_i18n( Queue::waiting()['images'] );
		return array(
			'test'        => self::TEST,
			'label'       => Decisions::sentence( 'health', $code . '_label' ),
			'status'      => array(
				'good'      => 'good',
				'reconnect' => 'critical',
			)[ $code ] ?? 'recommended',
			'badge'       => array(
				'label' => Decisions::sentence( 'health', 'badge' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( Decisions::sentence( 'health', $code, Moment::full( $state['since'] ), $waiting, self::why( $state ) ) ) . '</p>',
			'actions'     => sprintf(
				'<p><a href="%s">%s</a></p>',
				esc_url( Screen::url() ),
				esc_html( Decisions::sentence( 'health', 'action' ) )
			),
		);
	}

	/**
	 * @param mixed $information
	 * @return mixed
	 */
	public static function add_information( $information = null ) {
		if ( ! is_array( $information ) || ! Connection_Controller::allowed() ) {
			return $information;
		}
		$fields = array();
		foreach ( Report::facts() as $fact => $value ) {
			$fields[ $fact ] = array(
				'label' => Decisions::sentence( 'fact', $fact ),
				'value' => $value,
			);
		}
		$information['slashimage'] = array(
			'label'  => Decisions::manifest( 'name' ),
			'fields' => $fields,
		);
		return $information;
	}

	/** Which sentences of the catalog say how it is. */
	private static function code( array $state ): string {
		if ( 'connected' !== $state['state'] ) {
			return $state['state'];
		}
		$hold = Hold::shown( $state );
		return Hold::concerns( 'health', $hold ) ? $hold['reason'] : 'good';
	}

	private static function why( array $state ): string {
		$hold = Hold::shown( $state );
		return $hold ? Hold::sentence( $hold, $state ) : '';
	}
}
