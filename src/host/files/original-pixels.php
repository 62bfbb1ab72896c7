<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * An editor of WordPress that reads the pixels of the untouched original in place of those of the optimized file: sizes
 * that are made anew, and edits, would be lossy twice. The file keeps its name and folder, and what is made goes there.
 */
trait Original_Pixels {
	/** @return true|\WP_Error */
	public function load() {
		$backup = $this->image ? '' : self::original_of( (string) $this->file );
		if ( '' === $backup ) {
			return parent::load();
		}
		$served     = $this->file;
		$this->file = $backup;
		try {
			$is_loaded = true === parent::load();
			if ( $is_loaded && Picture::read( $backup )->orientation !== Picture::read( $served )->orientation ) {
				// The service has turned it upright; so does WordPress, by what the original says.
				$this->maybe_exif_rotate();
			}
		} finally {
			$this->file = $served;
		}
		$sides = wp_getimagesize( $served );
		if ( $is_loaded && $sides && array( $sides[0], $sides[1] ) === array_values( $this->get_size() ) ) {
			return true;
		}
		$this->image = null;
		return parent::load();
	}

	/** Where the original of an optimized file is; empty where it is none, or its original isn't whole. */
	private static function original_of( string $path ): string {
		$file   = File::read( $path );
		$record = $file ? Record::find( $file->path, $file->hash ) : null;
		$backup = $record ? $record->backup() : '';
		return '' !== $backup && hash_file( 'sha256', $backup ) === $record->before['hash'] ? $backup : '';
	}
}
