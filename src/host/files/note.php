<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * What the database says of one file: `before` and `after` in bytes, `was` and `is` as hashes, `at` the file's time. Notes
 * of earlier versions have bytes alone, and their backup lies at the file's own place in the folder.
 */
final class Note {
	/** In place of the hash of an original that nobody has. */
	private const UNKNOWN = '0000000000000000000000000000000000000000000000000000000000000000';

	/**
	 * Makes a note of what is stored; null for what is none.
	 *
	 * @param mixed $data
	 */
	public static function clean( $data ): ?array {
		$is_good = is_array( $data ) && is_numeric( $data['before'] ?? null ) && is_numeric( $data['after'] ?? null );
		if ( ! $is_good ) {
			return null;
		}
		$note = array(
			'before' => (int) $data['before'],
			'after'  => (int) $data['after'],
		);
		foreach ( array( 'was', 'is' ) as $hash ) {
			if ( ! is_string( $data[ $hash ] ?? null ) || ! preg_match( '/^[0-9a-f]{64}$/', $data[ $hash ] ) ) {
				return $note;
			}
			$note[ $hash ] = $data[ $hash ];
		}
		return $note + array( 'at' => (int) ( $data['at'] ?? 0 ) );
	}

	/** The note of what was done to a file that is on the disk. */
	public static function of( Record $record ): array {
		return array(
			'before' => $record->before['bytes'],
			'after'  => $record->after['bytes'],
			'was'    => $record->before['hash'],
			'is'     => $record->after['hash'],
			'at'     => (int) filemtime( $record->path ),
		);
	}

	/** Whether a file may be the one a note is about, without reading it. */
	public static function may_fit( array $note, string $path ): bool {
		return isset( $note['is'] ) && filesize( $path ) === $note['after'] && filemtime( $path ) === $note['at'];
	}

	/** A note as the record it was made from. Null where it has no hashes: it says too little about any file. */
	public static function as_record( array $note, string $path ): ?Record {
		return isset( $note['is'] ) ? new Record(
			$path,
			array(
				'bytes' => $note['before'],
				'hash'  => $note['was'],
			),
			array(
				'bytes' => $note['after'],
				'hash'  => $note['is'],
			)
		) : null;
	}

	/**
	 * The record that the notes make of a file, written down beside its backup where it was not; null where they are about
	 * another content.
	 */
	public static function record( array $notes, string $name, File $file, string $lease ): ?Record {
		$note = $notes[ $name ] ?? null;
		if ( ! $note || $note['after'] !== $file->bytes ) {
			return null;
		}
		$record = isset( $note['is'] ) ? self::as_record( $note, $file->path ) : self::earlier( $note, $file, $lease );
		if ( ! $record || $record->after['hash'] !== $file->hash ) {
			return null;
		}
		$record->write( $lease );
		return $record;
	}

	/** Takes over what a version before has kept: its backup gets the name that its content gives it. */
	private static function earlier( array $note, File $file, string $lease ): ?Record {
		if ( $note['before'] === $note['after'] ) {
			return new Record( $file->path, $file->print(), $file->print() );
		}
		$backup = Vault::find( Vault::place( $file->path ) );
		$kept   = '' === $backup ? null : File::read( $backup );
		if ( ! $kept || $kept->bytes !== $note['before'] ) {
			// It was done, and its original is gone, or lies there under another's name: nothing to send, nothing to put back.
			$unknown = array(
				'bytes' => $note['before'],
				'hash'  => self::UNKNOWN,
			);
			return new Record( $file->path, $unknown, $file->print() );
		}
		$record = new Record( $file->path, $kept->print(), $file->print() );
		if ( ! $record->keep( $backup, $lease ) || ! $record->write( $lease ) ) {
			return null;
		}
		unlink( $backup );
		return $record;
	}
}
