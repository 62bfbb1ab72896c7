<?php
declare( strict_types=1 );

namespace SlashImage;

/** What the service says: whether it answers, accepts the key, allows this domain, and has credits left. */
final class Probe_Service {
	private const SECONDS = 15;

	/** @return array<int, string[]> */
	public static function answer( Doctor_Log $log ): array {
		$answer = self::ask( 'check', $log );
		$status = (string) $answer->status;
		$host   = Probe_Way::host();
		if ( 0 === $answer->status ) {
			$seen = Decisions::sentence( 'seen', $answer->kind );
			return array( array( 'answer_none', '' === $answer->error ? $seen : "$seen ($answer->error)" ) );
		}
		if ( $answer->is_the_services() ) {
			return array( $answer->status < 500 ? array( 'answer_ok', $status, number_format_i18n( $answer->ms ) ) : array( 'answer_trouble', $status ) );
		}
		$quoted = self::quoted( $answer );
		$codes  = array(
			'redirect' => 'answer_redirect',
			'html'     => 'answer_page',
			'empty'    => 'answer_empty',
		);
		return array( array( $codes[ $answer->kind ] ?? 'answer_strange', $quoted, $status, $host ) );
	}

	/** @return array<int, string[]> */
	public static function accepted( Doctor_Log $log ): array {
		if ( '' === Key_Store::current()->secret() ) {
			return array( array( 'accepted_no_key' ) );
		}
		$answer = self::ask( 'check', $log );
		$print  = Key_Store::current()->fingerprint();
		if ( 'accepted' === $answer->outcome ) {
			return array( array( 'accepted_ok', $print ) );
		}
		return array( self::refused( $answer ) ?? array( 'accepted_unknown', (string) $answer->status ) );
	}

	/** @return array<int, string[]> */
	public static function allowed( Doctor_Log $log ): array {
		$answer = self::ask( 'probe', $log );
		if ( 'accepted' === $answer->outcome ) {
			return array( array( 'allowed_ok', Origin::shown() ) );
		}
		return array( self::refused( $answer ) ?? array( 'allowed_unknown', Origin::shown() ) );
	}

	/** @return array<int, string[]> */
	public static function plan( Doctor_Log $log ): array {
		$plan = Plan::read( self::ask( 'check', $log )->json['plan'] ?? null );
		if ( null === $plan ) {
			return array( array( 'plan_unknown' ) );
		}
		$state = Connection::get();
		if ( in_array( 'credit_limit_reached', array_column( Hold::all( $state ), 'outcome' ), true ) ) {
			return array( array( 'plan_capped', Key_Store::current()->fingerprint() ) );
		}
		if ( null === $plan['limit'] ) {
			return array( array( 'plan_unlimited', number_format_i18n( $plan['used'] ) ) );
		}
		$turns = Moment::day( (int) strtotime( 'first day of next month 00:00 UTC' ) );
		$limit = number_format_i18n( $plan['limit'] );
		if ( 0 === $plan['remaining'] ) {
			return array( array( 'plan_empty', $limit, $turns ) );
		}
		$low = $plan['remaining'] <= $plan['limit'] * Decisions::get( 'doctor_limits', 'low_credits' );
		return array( array( $low ? 'plan_low' : 'plan_ok', number_format_i18n( $plan['remaining'] ), $limit, $turns ) );
	}

	/** @return ?string[] */
	private static function refused( Answer $answer ): ?array {
		$code = Decisions::get( 'refusals', $answer->outcome );
		if ( null === $code ) {
			return null;
		}
		return array( $code, 'accepted_refused' === $code ? Key_Store::current()->fingerprint() : Origin::shown() );
	}

	private static function ask( string $endpoint, Doctor_Log $log ): Answer {
		$answer = Service::ask( $endpoint, Key_Store::current()->secret(), self::SECONDS );
		$log->request( $answer );
		return $answer;
	}

	/** What somebody else answered, as one short line of text: a page's title, a redirect's host, the first words. */
	private static function quoted( Answer $answer ): string {
		if ( 'redirect' === $answer->kind ) {
			// Only the host: the rest may carry what was sent.
			return (string) ( wp_parse_url( $answer->location, PHP_URL_HOST ) ?? '?' );
		}
		$body  = wp_check_invalid_utf8( $answer->body, true );
		$title = preg_match( '~<title[^>]*>(.*?)</title>~is', $body, $match ) ? $match[1] : $body;
		$text  = html_entity_decode( wp_strip_all_tags( $title, true ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return Doctor_Log::short( '' === trim( $text ) ? '…' : $text, 100 );
	}
}
