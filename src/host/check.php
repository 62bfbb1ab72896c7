<?php
declare( strict_types=1 );

namespace SlashImage;

/** Asks the service about a key: the one in use, or one that somebody pasted. */
final class Check {
	/** Remembers that a page load has asked. */
	public const ASKED = 'slashimage_asked';

	/**
	 * Asks, and applies what a trustworthy answer says. An answer that is not understood changes nothing. Takes at most
	 * `$seconds`. Returns the deciding answer, its `outcome` the check's; null when there is no key to ask about.
	 */
	public static function run( float $seconds ): ?Answer {
		$key = Key_Store::current();
		if ( self::is_out_of_sight( $key ) ) {
			return null;
		}
		if ( 'none' === $key->source ) {
			$state = Connection::get();
			if ( 'disconnected' !== $state['state'] ) {
				Connection::disconnect();
			}
			return null;
		}
		Connection::adopt( $key );
		if ( '' !== $key->problem ) {
			Connection::apply( $key->problem, $key );
			return Answer::none( 'none', $key->problem );
		}
		$checked = Service::check( $key->secret(), $seconds );
		$answer  = $checked['answer'];
		if ( 'unreachable' !== Decisions::get( 'outcomes', $answer->outcome, 'check' ) ) {
			Connection::apply( $answer->outcome, $key, $checked['plan'] );
		}
		return $answer;
	}

	/**
	 * Reads a pasted text and asks about the key in it, which is stored nowhere yet. Takes at most `$seconds`. Returns what
	 * is known of a key that the service accepts; the error otherwise.
	 *
	 * @return array{key: string, outcome: string, plan: ?array}|\WP_Error
	 */
	public static function pasted(
		#[\SensitiveParameter]
		string $pasted,
		float $seconds
	) {
		$read = Key_Shape::read( $pasted );
		if ( null !== $read['cause'] ) {
			return Rest_Error::malformed( $read['cause'] );
		}
		$checked = Service::check( $read['key'], $seconds );
		$outcome = $checked['answer']->outcome;
		if ( 'accepted' !== Decisions::get( 'outcomes', $outcome, 'check' ) ) {
			return Rest_Error::not_accepted( $checked['answer'] );
		}
		return array(
			'key'     => $read['key'],
			'outcome' => $outcome,
			'plan'    => $checked['plan'],
		);
	}

	/**
	 * Asks while the settings screen loads, when another key is in use than the state is about: it was changed in the
	 * configuration or by the network. 5 s at most, and once in ten minutes; otherwise the background asks.
	 */
	public static function if_changed(): void {
		$key = Key_Store::current();
		if ( $key->id() === Connection::get()['key_id'] && '' === $key->problem ) {
			return;
		}
		$asks = '' !== $key->secret() && '' === $key->problem;
		if ( $asks && get_transient( self::ASKED ) ) {
			Connection::adopt( $key );
			Schedule::check_soon();
			return;
		}
		if ( $asks ) {
			set_transient( self::ASKED, 1, 10 * MINUTE_IN_SECONDS );
		}
		$answer = self::run( 5 );
		if ( $answer && 'unreachable' === Decisions::get( 'outcomes', $answer->outcome, 'check' ) ) {
			Schedule::check_soon();
		}
	}

	/** Where the state was lost and a key was not, the background asks about it: nobody is told that there is none. */
	public static function look_for_key(): void {
		if ( 'none' !== Key_Store::current()->source && 'none' === Connection::fresh()['source'] ) {
			Schedule::check_soon();
		}
	}

	/** A variable of the web server's environment is not there on the command line, which may run WP-Cron. */
	private static function is_out_of_sight( Key $key ): bool {
		return self::on_command_line() && 'env' === Connection::get()['source'] && 'env' !== $key->source;
	}

	/** Whether no web server runs this. PHP as WebAssembly calls itself the command line when it answers requests, too. */
	public static function on_command_line(): bool {
		return 'cli' === PHP_SAPI && ( defined( 'WP_CLI' ) || ! isset( $_SERVER['REQUEST_METHOD'] ) );
	}
}
