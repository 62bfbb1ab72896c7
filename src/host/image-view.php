<?php
declare( strict_types=1 );

namespace SlashImage;

/** How a row of the queue is shown, and found: what src/validation says about it, in the light of the connection. */
final class Image_View {
	/** The state an image shows. `$row`: its row of the queue; `$connection`: the connection's state. */
	public static function state( object $row, string $connection ): string {
		// A claim whose lease has ended is nobody's work: the image waits.
		$state = 'optimizing' === $row->state && (int) $row->due_at <= time() ? 'waiting' : $row->state;
		foreach ( Decisions::get( 'image_views' ) as $view ) {
			if ( $view['row'] === $state && $view['connection'] === $connection && in_array( $row->cause, $view['causes'] ?? array( $row->cause ), true ) ) {
				return $view['state'];
			}
		}
		return $state;
	}

	/**
	 * The rows that show a state, as a condition in SQL: `state = 'waiting' AND cause NOT IN (...)`. None do where the
	 * connection is another than the one the state is about.
	 */
	public static function where( string $state, string $connection ): string {
		$earlier = array();
		foreach ( Decisions::get( 'image_views' ) as $view ) {
			if ( $view['connection'] !== $connection ) {
				continue;
			}
			$causes = isset( $view['causes'] ) ? "cause IN ('" . implode( "','", array_map( 'esc_sql', $view['causes'] ) ) . "')" : '1 = 1';
			if ( $view['state'] === $state ) {
				return implode( ' AND ', array_merge( array( self::is( $view['row'] ), $causes ), $earlier[ $view['row'] ] ?? array() ) );
			}
			$earlier[ $view['row'] ][] = "NOT $causes";
		}
		$is_row = ! in_array( $state, array_column( Decisions::get( 'image_views' ), 'state' ), true );
		return $is_row ? implode( ' AND ', array_merge( array( self::is( $state ) ), $earlier[ $state ] ?? array() ) ) : '1 = 0';
	}

	/** One image as it crosses REST. `$connection`: all of it. */
	public static function rest( object $row, array $connection ): array {
		$state = self::state( $row, $connection['state'] );
		return array(
			'id'           => (int) $row->attachment_id,
			'state'        => $state,
			'cause'        => '' === $row->cause ? null : $row->cause,
			'sentence'     => self::sentence( $state, $row->cause, $connection ),
			'bytes_before' => (int) $row->bytes_before,
			'bytes_after'  => (int) $row->bytes_after,
		);
	}

	/** The same with its files: WordPress's names of their sizes, and bytes. */
	public static function details( object $row, array $connection ): array {
		$files = array();
		foreach ( ( new Files\Image( (int) $row->attachment_id ) )->sizes() as $file ) {
			$file['sentence'] = '' === $file['refused'] ? '' : Decisions::sentence( 'outcome', $file['refused'] );
			unset( $file['refused'] );
			$files[] = $file;
		}
		return self::rest( $row, $connection ) + array( 'files' => $files );
	}

	/** What an image without a row looks like: one that came while nobody was looking. */
	public static function unknown( int $id ): object {
		return (object) array(
			'attachment_id' => $id,
			'state'         => 'not_optimized',
			'cause'         => '',
			'due_at'        => 0,
			'bytes_before'  => 0,
			'bytes_after'   => 0,
		);
	}

	/** Why it waits or failed. What it says itself is not said twice, and a refusal that is over is not mentioned. */
	private static function sentence( string $state, string $cause, array $connection ): string {
		if ( 'waiting' === $state ) {
			$hold  = Hold::shown( $connection );
			$cause = $hold['outcome'] ?? $cause;
			if ( $hold && 'connected' === $connection['state'] ) {
				return Hold::sentence( $hold, $connection );
			}
			if ( 'connected' !== $connection['state'] || 'refused' === Decisions::get( 'outcomes', $cause, 'check' ) ) {
				return '';
			}
		}
		if ( in_array( $state, array( 'optimizing', 'paused' ), true ) ) {
			return '';
		}
		if ( 'failed' === $state && 'waiting' === Decisions::get( 'outcomes', $cause, 'image' ) ) {
			// An older version gave up where this one tries again: its sentence would say so.
			return Decisions::sentence( 'image', 'failed' );
		}
		$sentence = '' === $cause ? '' : Decisions::sentence( 'not_optimized' === $state ? 'standing' : 'outcome', $cause );
		if ( 'refused' === $state && Decisions::sentence( 'image', 'refused' ) === $sentence ) {
			return '';
		}
		return 'failed' === $state && '' === $sentence ? Decisions::sentence( 'image', 'failed' ) : $sentence;
	}

	private static function is( string $state ): string {
		return "state = '" . esc_sql( $state ) . "'";
	}
}
