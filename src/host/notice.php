<?php
declare( strict_types=1 );

namespace SlashImage;

/** Where and for whom the admin notice shows. What it says is src/notices'. */
final class Notice {
	public const META = 'slashimage_hidden_notices';

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
				'domain'       => Service::domain(),
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
		$hidden     = get_user_meta( $user, self::META, true );
		$hidden     = is_array( $hidden ) ? $hidden : array();

		$hidden[ $request['notice'] ] = array(
			'since' => Connection::get()['since'],
			'until' => null === $hidden_for ? null : time() + $hidden_for,
		);
		update_user_meta( $user, self::META, $hidden );
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
			default:
				return null;
		}
	}

	private static function is_hidden( string $code ): bool {
		$hidden = get_user_meta( get_current_user_id(), self::META, true );
		$mine   = is_array( $hidden ) ? ( $hidden[ $code ] ?? null ) : null;
		if ( null === $mine ) {
			return false;
		}
		// For good, or for a while and about this refusal.
		return null === $mine['until']
			|| ( $mine['until'] > time() && $mine['since'] === Connection::get()['since'] );
	}
}
