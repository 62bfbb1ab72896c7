<?php
declare( strict_types=1 );

namespace SlashImage;

/** Where and for whom the admin notice shows. What it says is src/notices'. */
final class Notice {
	public const META = 'slashimage_hidden_notices';

	/** Loads the notice's script where there is something to say to this person; nothing anywhere else. */
	public static function assets(): void {
		$code = self::due();
		if ( null === $code ) {
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
		add_action( 'admin_notices', array( self::class, 'mount' ) );
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

	private static function due(): ?string {
		$code   = self::code( Connection::get() );
		$screen = get_current_screen();
		if ( null === $code || null === $screen || ! Connection_Controller::allowed() ) {
			return null;
		}
		$screens = Decisions::get( 'notices', $code, 'screens' );
		return in_array( $screen->id, $screens, true ) && ! self::is_hidden( $code ) ? $code : null;
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
