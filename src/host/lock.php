<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * A lock in the options table, as WordPress's own, but with an owner: one process of a site at a time, and only who holds
 * it can renew it or let go of it. A dead one's goes after about two minutes; so does one from a clock that was ahead.
 */
final class Lock {
	private string $option;

	private string $owner;

	/** What is in the database while it is ours: when, and whose. */
	private string $value;

	private bool $was_left = false;

	private function __construct( string $name ) {
		$this->option = $name . '.lock';
		$this->owner  = bin2hex( random_bytes( 8 ) );
		$this->value  = $this->now();
	}

	/** Takes the lock; null while somebody else holds it. */
	public static function take( string $name ): ?self {
		global $wpdb;
		$lock = new self( $name );
		// Of two that come at once the database may end one's query. That one did not get the lock, which is no error.
		$shown = $wpdb->suppress_errors();
		$taken = $wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO $wpdb->options (option_name, option_value, autoload) VALUES (%s, %s, 'off')", $lock->option, $lock->value ) );
		$taken = 1 === $taken || $lock->take_over();
		$wpdb->suppress_errors( $shown );
		return $taken ? $lock : null;
	}

	/** Whether it is still held; renews it. */
	public function renew(): bool {
		$value       = $this->now();
		$is_mine     = $this->swap( $this->value, $value );
		$this->value = $is_mine ? $value : $this->value;
		return $is_mine;
	}

	/** When, and whose; never twice the same: a row that says so already would count as unchanged. */
	private function now(): string {
		return time() . ' ' . $this->owner . ' ' . hrtime( true );
	}

	/** Whether somebody holds a lock. */
	public static function is_held( string $name ): bool {
		$held = ( new self( $name ) )->stored();
		return '' !== $held && abs( time() - (int) $held ) <= self::life();
	}

	/** Whether it was taken from one who had not let go of it: a process that was killed. */
	public function was_left(): bool {
		return $this->was_left;
	}

	public function release(): void {
		global $wpdb;
		$wpdb->delete(
			$wpdb->options,
			array(
				'option_name'  => $this->option,
				'option_value' => $this->value,
			)
		);
	}

	/** Takes a lock that nobody has renewed. Of several that try, one. */
	private function take_over(): bool {
		$held = $this->stored();
		$age  = time() - (int) $held;
		$this->was_left = abs( $age ) > self::life() && $this->swap( $held, $this->value );
		return $this->was_left;
	}

	/** Seconds after which a lock that was not renewed is nobody's: longer than one group of files can take. */
	private static function life(): int {
		return (int) max( 120, Service::seconds() + 75 );
	}

	private function stored(): string {
		global $wpdb;
		return (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", $this->option ) );
	}

	private function swap( string $old, string $new ): bool {
		global $wpdb;
		return 1 === $wpdb->update(
			$wpdb->options,
			array( 'option_value' => $new ),
			array(
				'option_name'  => $this->option,
				'option_value' => $old,
			)
		);
	}
}
