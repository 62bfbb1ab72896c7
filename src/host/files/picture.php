<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * What a file is, read from its container without decoding a pixel; damaged input is a value, too. The readers of the
 * formats say what they find over these.
 */
final class Picture {
	private const SIGNATURES = array(
		'image/jpeg' => '/^\xFF\xD8\xFF/',
		'image/png'  => '/^\x89PNG\r\n\x1A\n/',
		'image/gif'  => '/^GIF8[79]a/',
		'image/webp' => '/^RIFF....WEBP/s',
		'image/avif' => '/^....ftyp(?:avi[fs]|(?:mif1|miaf|msf1).{4}(?:.{4})*?avi[fs])/s',
		'image/heic' => '/^....ftyp(?:hei[csxm]|hev[cx]|mif1|msf1)/s',
	);

	private const READERS = array(
		'image/jpeg' => Jpeg::class,
		'image/png'  => Png::class,
		'image/gif'  => Gif::class,
		'image/webp' => Webp::class,
		'image/avif' => Avif::class,
		'image/heic' => Avif::class,
	);

	public string $path = '';

	/** Whether there was anything to read. */
	public bool $is_read = false;

	/** What it was read from, where that is no file. */
	private string $bytes = '';

	/** Its MIME type by its content; empty: none that is known. */
	public string $type = '';

	/** Whether all of it is there, as far as the container tells. */
	public bool $complete = false;

	/** In pixels, as they are stored. */
	public int $width  = 0;
	public int $height = 0;

	/** How it is to be turned to be seen upright, 1 to 8 as in EXIF. */
	public int $orientation = 1;

	public int $frames = 0;

	/** How long all frames take, in milliseconds; frames without a time count as 100, as browsers show them. */
	public int $time = 0;

	/** How often an animation plays; 0: for ever. */
	public int $loops = 1;

	/** Whether it can have transparent parts. */
	public bool $alpha = false;

	/** Bits a channel. */
	public int $bits = 8;

	/** What its numbers mean, if not sRGB: an ICC profile, `gamma:45455` as in PNG, `cicp:12:13` as primaries and transfer. */
	public string $colour = '';

	/** What hangs on it that the service doesn't give back: the codes of src/validation's `carried`. @var string[] */
	public array $carries = array();

	/** Whether its metadata name who made it or whose it is, say how to show a panorama, and where it was taken. */
	public bool $rights   = false;
	public bool $panorama = false;
	public bool $place    = false;

	/** Where its metadata are: `exif` or `xmp`, offset, length, and for PNG the chunk's offset. @var array<int, array> */
	public array $metadata = array();

	/** Reads a file. A missing one has no type. */
	public static function read( string $path ): self {
		$it        = self::of( self::content( $path ) );
		$it->path  = $path;
		$it->bytes = '';
		return $it;
	}

	public static function of( string $data ): self {
		$it        = new self();
		$it->bytes   = $data;
		$it->is_read = '' !== $data;
		$head      = substr( $data, 0, 256 );
		foreach ( self::SIGNATURES as $type => $pattern ) {
			if ( preg_match( $pattern, $head ) ) {
				$it->type = $type;
				self::READERS[ $type ]::read( $data, $it );
				break;
			}
		}
		$it->complete = $it->complete && $it->width > 0 && $it->height > 0 && $it->frames > 0;
		$it->carries  = array_values( array_unique( $it->carries ) );
		return $it;
	}

	/** Its bytes; empty where its file can't be read any more. */
	public function data(): string {
		return '' === $this->path ? $this->bytes : self::content( $this->path );
	}

	public function is_animated(): bool {
		return $this->frames > 1;
	}

	/** A found EXIF block, `$more` as in `$metadata`. AVIF is turned by its own properties instead. */
	public function exif( string $data, int $at, int $length, bool $turns = true, ...$more ): void {
		$exif             = new Exif( substr( $data, $at, $length ) );
		$this->metadata[] = array( 'exif', $at, $length, ...$more );
		$this->rights     = $this->rights || $exif->rights;
		$this->place      = $this->place || $exif->place;
		if ( $turns ) {
			$this->orientation = $exif->orientation;
		}
	}

	/** A found XMP packet. */
	public function xmp( string $data, int $at, int $length, ...$more ): void {
		$this->metadata[] = array( 'xmp', $at, $length, ...$more );
		Xmp::read( substr( $data, $at, $length ), $this );
	}

	/** Colours by their code points of ITU-T H.273; those of brightness beyond white can't be kept. */
	public function cicp( int $primaries, int $transfer ): void {
		if ( in_array( $transfer, array( 16, 18 ), true ) ) {
			$this->carries[] = 'hdr';
		}
		$is_srgb      = in_array( $primaries, array( 1, 2 ), true ) && in_array( $transfer, array( 1, 2, 6, 13, 14, 15 ), true );
		$this->colour = $is_srgb ? '' : "cicp:$primaries:$transfer";
	}

	private static function content( string $path ): string {
		return is_file( $path ) ? (string) @file_get_contents( $path ) : ''; // phpcs:ignore -- it may have gone since.
	}
}
