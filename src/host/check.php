<?php
declare( strict_types=1 );

namespace SlashImage;

/** Asks the service about the key in use. */
final class Check {
	/**
	 * Asks, and applies what a trustworthy answer says. An answer that is not understood changes nothing. Takes at most
	 * `$seconds`. Returns the deciding answer, its `outcome` the check's; null when there is no key to ask about.
	 */
	public static function run( float $seconds ): ?Answer {
		$key = Key_Store::current();
		if ( 'none' === $key->source ) {
			if ( 'disconnected' !== Connection::get()['state'] ) {
				Connection::disconnect();
			}
			return null;
		}
		Connection::adopt( $key );
		if ( '' !== $key->problem ) {
			Connection::apply( $key->problem, $key );
			return Answer::none( 'none', $key->problem );
		}
		$checked = Service::check( $key->secret, $seconds );
		$answer  = $checked['answer'];
		if ( 'unreachable' !== Decisions::get( 'outcomes', $answer->outcome, 'check' ) ) {
			Connection::apply( $answer->outcome, $key, $checked['plan'] );
		}
		return $answer;
	}
}
