<?php
declare( strict_types=1 );

namespace SlashImage;

/** Where and for whom the admin notice shows. What it says is src/notices'. */
final class Notice {
	private const META = 'slashimage_hidden_notices';

	/** The user meta with what a person has closed on this site: the sites of a network share their people. */
	public static function key(): string {
		global $wpdb;
		return $wpdb->get_blog_prefix() . self::META;
	}

	/** Loads the notice's script where there is something to say to this person; nothing anywhere else. */
	public static function assets(): void {
		$screen = get_current_screen();
		$code   = $screen ? self::due( $screen->id ) : null;
		if ( null === $code ) {
			return;
		}
		add_action( 'admin_notices', array( self::class, 'mount' ) );
		if ( Status::is_loaded() ) {
			return;
		}
		Assets::load(
			'notices',
			'slashimageNotice',
			array(
				'notice'       => $code,
				'domain'       => Origin::shown(),
				'settings_url' => Screen::url(),
				'namespace'    => Decisions::manifest( 'restNamespace' ),
			)
		);
	}

	public static function mount(): void {
		echo '<div id="slashimage-notice"></div>';
	}

	/** Closes a notice for the person who asks. It comes back when its time is over, or with the next refusal. */
	public static function hide( \WP_REST_Request $request ): array {
		$hidden_for = Decisions::get( 'notices', $request['notice'], 'hiddenFor' );
		$user       = get_current_user_id();
		$hidden     = get_user_meta( $user, self::key(), true );
		$hidden     = is_array( $hidden ) ? $hidden : array();

		$hidden[ $request['notice'] ] = array(
			'since' => Connection::get()['since'],
			'key'   => Connection::get()['key_id'],
			'until' => null === $hidden_for ? null : time() + $hidden_for,
		);
		update_user_meta( $user, self::key(), $hidden );
		return array( 'hidden' => array_keys( $hidden ) );
	}

	/** The notice for this person on a screen; null: none. */
	public static function due( string $screen ): ?string {
		$code = Connection_Controller::allowed() ? self::code( Connection::get() ) : null;
		if ( null === $code || ! in_array( $screen, Decisions::get( 'notices', $code, 'screens' ), true ) ) {
			return null;
		}
		return self::is_hidden( $code ) ? null : $code;
	}

	private static function code( array $state ): ?string {
		switch ( $state['state'] ) {
			case 'reconnect':
				return Decisions::get( 'outcomes', (string) $state['outcome'], 'notice' );
			case 'disconnected':
				return 'not_configured';
			case 'unchecked':
				return 'unchecked';
			default:
				return null;
		}
	}

	private static function is_hidden( string $code ): bool {
		$hidden = get_user_meta( get_current_user_id(), self::key(), true );
		$mine   = is_array( $hidden ) ? ( $hidden[ $code ] ?? null ) : null;
		if ( ! is_array( $mine ) || ! array_key_exists( 'until', $mine ) ) {
			return false;
		}
		// For good, or for a while and about this refusal of this key.
		$state = Connection::get();
		return null === $mine['until']
			|| ( $mine['until'] > time() && array( $mine['since'] ?? null, $mine['key'] ?? null ) === array( $state['since'], $state['key_id'] ) );
	}
}
