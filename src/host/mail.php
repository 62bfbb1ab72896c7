<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The e-mails: one when optimizing has been paused for an hour, one when it works again; at most one of each a day, and
 * on a network one for all its sites. The event only says when to look. What to do follows from the state at that time
 * and from what was told before, so that nothing goes wrong when it comes late, twice or not at all.
 */
final class Mail {
	public const EVENT = 'slashimage_mail';

	/** What was told: when, and about the pause since when; 0 for none. No page loads it. */
	public const OPTION = 'slashimage_mail';

	/** Keeps two that look at the same time from telling the same. */
	public const LOCK = 'slashimage_mail';

	private const NEW = array(
		'paused_at'  => 0,
		'working_at' => 0,
		'about'      => 0,
	);

	/** Plans a look at the state: an hour after it was paused, at once when that is over. */
	public static function plan( array $connection ): void {
		$after = (int) Decisions::get( 'mails', 'after' );
		switch ( $connection['state'] ) {
			case 'reconnect':
				Schedule::put( self::EVENT, $connection['since'] + $after );
				break;
			case 'connected':
				Schedule::put( self::EVENT, time() );
				break;
			default:
				// By hand, so whoever did it knows.
				Schedule::put( self::EVENT, null );
				self::forget();
		}
	}

	/** Looks at the state, and tells what has to be told now. What has to be told later is planned. */
	public static function run(): void {
		// On a network the lock, the date's format and the sender are the main site's.
		$again = is_multisite() ? Network::at( get_main_site_id(), static fn(): ?int => self::look() ) : self::look();
		$next  = wp_next_scheduled( self::EVENT );
		if ( null !== $again && ( ! $next || $next > $again ) ) {
			wp_schedule_single_event( $again, self::EVENT );
		}
	}

	/** Returns when to look again, in unix time; null where there is nothing more to tell. */
	private static function look(): ?int {
		$lock = Lock::take( self::LOCK );
		if ( ! $lock ) {
			return time() + MINUTE_IN_SECONDS;
		}
		try {
			return self::tell( Pause::find() );
		} finally {
			$lock->release();
		}
	}

	/** Tells what is due. Returns the same. */
	private static function tell( ?array $pause ): ?int {
		$told = self::told();
		if ( ! Settings::get()['emails'] ) {
			// Who turns them on during a pause hears of it; who does so after it does not.
			if ( null === $pause && $told['about'] > 0 ) {
				self::remember( array( 'about' => 0 ) );
			}
			return null;
		}
		if ( ( null !== $pause ) === ( $told['about'] > 0 ) ) {
			return null;
		}
		$day = (int) Decisions::get( 'mails', 'every' );
		$due = $pause
			? max( $pause['since'] + (int) Decisions::get( 'mails', 'after' ), $told['paused_at'] + $day )
			: $told['working_at'] + $day;
		if ( $due > time() ) {
			return $due;
		}
		// Before it is sent: a mailer that dies after sending would be asked again and again.
		$news = array( 'about' => $pause['since'] ?? 0 );
		self::remember( $news + array( $pause ? 'paused_at' : 'working_at' => time() ) );
		if ( Mail_Text::send( $pause ) ) {
			return null;
		}
		self::remember( $told );
		return time() + HOUR_IN_SECONDS;
	}

	/** No news is owed about a pause that a person has ended; on a network while no other site waits. */
	private static function forget(): void {
		if ( self::told()['about'] > 0 && null === Pause::find( get_current_blog_id() ) ) {
			self::remember( array( 'about' => 0 ) );
		}
	}

	private static function told(): array {
		$stored = get_site_option( self::OPTION );
		return ( is_array( $stored ) ? $stored : array() ) + self::NEW;
	}

	private static function remember( array $news ): void {
		update_site_option( self::OPTION, $news + self::told() );
	}
}
