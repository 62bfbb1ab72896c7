<?php
declare( strict_types=1 );

namespace SlashImage\Files;

use SlashImage\Multipart;

/** Whether a file's metadata are kept: the service keeps all or nothing. */
final class Preservation {
	/** Decides for every file where it is defined. */
	public const CONSTANT = 'SLASHIMAGE_PRESERVE_METADATA';

	/** Whether the service is asked to. */
	public bool $keeps;

	/** Whether the place where it was taken is taken out of the answer: nobody has asked for that to be public. */
	public bool $hides_place;

	private function __construct( bool $keeps, bool $hides_place ) {
		$this->keeps       = $keeps;
		$this->hides_place = $hides_place;
	}

	/** By default for panoramas, which don't turn without, and where they say whose the picture is. */
	public static function of( Picture $picture ): self {
		$by_default = $picture->rights || $picture->panorama;
		$wanted     = defined( self::CONSTANT ) ? (bool) constant( self::CONSTANT ) : $by_default;
		/** Filters whether the metadata of a file are kept. `$path`: the file's. */
		$wanted = (bool) apply_filters( 'slashimage_preserve_metadata', $wanted, $picture->path );
		$keeps  = 'true' === Multipart::settings( $wanted )['preserve_metadata'];
		return new self( $keeps, $keeps && $by_default && ! defined( self::CONSTANT ) );
	}
}
