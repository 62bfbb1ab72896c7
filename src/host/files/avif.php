<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Reads AVIF and HEIC: boxes in boxes, and in one of them the items a file is made of. */
final class Avif {
	/** The boxes that are looked into, and how many bytes of their own come first. */
	private const WITHIN = array(
		'meta' => 4,
		'iprp' => 0,
		'moov' => 0,
		'trak' => 0,
		'edts' => 0,
		'mdia' => 0,
		'minf' => 0,
		'stbl' => 0,
	);

	/** EXIF's number for a turn (quarters, anticlockwise) and a mirroring after it (0: none, 1: top to bottom, 2: left to right). */
	private const WAYS = array(
		array( 1, 4, 2 ),
		array( 8, 5, 7 ),
		array( 3, 2, 4 ),
		array( 6, 7, 5 ),
	);

	private string $data;

	/** @var array<string, array<int, array{0: int, 1: int}>> Where boxes begin and end, by type. */
	private array $boxes = array();

	private bool $whole = true;

	/** Of the main item, as in `WAYS`. */
	private int $turn   = 0;
	private int $mirror = 0;

	private function __construct( string $data ) {
		$this->data = $data;
		$this->walk( 0, strlen( $data ) );
	}

	public static function read( string $data, Picture $picture ): void {
		$it = new self( $data );
		$it->items( $picture );
		$it->sequence( $picture );
		$picture->complete = $it->whole && isset( $it->boxes['mdat'] );
	}

	private function walk( int $at, int $end ): void {
		while ( $at + 8 <= $end ) {
			$size = $this->number( $at, 4 );
			$type = substr( $this->data, $at + 4, 4 );
			$head = 8;
			if ( 1 === $size ) {
				$size = $this->number( $at + 8, 8 );
				$head = 16;
			} elseif ( 0 === $size ) {
				$size = $end - $at;
			}
			if ( $size < $head || $size > $end - $at ) {
				$this->whole = false;
				return;
			}
			$this->boxes[ $type ][] = array( $at + $head, $at + $size );
			if ( isset( self::WITHIN[ $type ] ) ) {
				$this->walk( $at + $head + self::WITHIN[ $type ], $at + $size );
			}
			$at += $size;
		}
		$this->whole = $this->whole && $at === $end;
	}

	/** Reads the main item's properties, and what other items there are. */
	private function items( Picture $picture ): void {
		list( $at ) = $this->boxes['pitm'][0] ?? array( 0 );
		$main       = $at ? $this->number( $at + 4, 0 === $this->number( $at, 1 ) ? 2 : 4 ) : 0;
		$types      = $this->types();
		$places     = $this->places();
		foreach ( $this->properties() as $item => $properties ) {
			foreach ( $properties as list( $type, $begin, $end ) ) {
				if ( 'auxC' === $type ) {
					$this->auxiliary( substr( $this->data, $begin + 4, $end - $begin - 4 ), $picture );
				} elseif ( $item === $main ) {
					$this->property( $type, $begin, $end, $picture );
				}
			}
		}
		$picture->orientation = self::WAYS[ $this->turn ][ $this->mirror ];
		foreach ( $types as $item => $type ) {
			foreach ( $places[ $item ] ?? array() as list( $begin, $length ) ) {
				if ( 'Exif' === $type && $length > 4 ) {
					$skip = 4 + $this->number( $begin, 4 );
					$picture->exif( $this->data, $begin + $skip, $length - $skip, false );
				} elseif ( 'mime' === $type ) {
					$picture->xmp( $this->data, $begin, $length );
				}
			}
		}
		if ( in_array( 'tmap', $types, true ) ) {
			$picture->carries[] = 'gain_map';
		}
	}

	private function property( string $type, int $at, int $end, Picture $picture ): void {
		switch ( $type ) {
			case 'ispe':
				$picture->width  = $this->number( $at + 4, 4 );
				$picture->height = $this->number( $at + 8, 4 );
				$picture->frames = 1;
				break;
			case 'pixi':
				$picture->bits = $this->number( $at + 5, 1 );
				break;
			case 'irot':
				$this->turn = $this->number( $at, 1 ) & 3;
				break;
			case 'imir':
				$this->mirror = 1 + ( $this->number( $at, 1 ) & 1 );
				break;
			case 'colr':
				$this->colours( $at, $end, $picture );
		}
	}

	private function colours( int $at, int $end, Picture $picture ): void {
		$kind = substr( $this->data, $at, 4 );
		if ( 'nclx' === $kind ) {
			$profile = $picture->colour;
			$picture->cicp( $this->number( $at + 4, 2 ), $this->number( $at + 6, 2 ) );
			$picture->colour = '' === $profile ? $picture->colour : $profile;
		} elseif ( 'prof' === $kind || 'rICC' === $kind ) {
			$picture->colour = substr( $this->data, $at + 4, $end - $at - 4 );
		}
	}

	private function auxiliary( string $name, Picture $picture ): void {
		if ( preg_match( '/auxiliary:alpha|auxid:1\0/', $name ) ) {
			$picture->alpha = true;
		} elseif ( preg_match( '/auxiliary:depth|auxid:2\0|disparity/', $name ) ) {
			$picture->carries[] = 'depth';
		} elseif ( false !== strpos( $name, 'hdrgainmap' ) ) {
			$picture->carries[] = 'gain_map';
		}
	}

	/** An image sequence: its frames, and their time. */
	private function sequence( Picture $picture ): void {
		list( $table ) = $this->boxes['stsz'][0] ?? array( 0 );
		$frames        = $table ? $this->number( $table + 8, 4 ) : 0;
		if ( $frames < 2 ) {
			return;
		}
		list( $at ) = $this->boxes['mdhd'][0] ?? array( 0 );
		$is_long    = 1 === $this->number( $at, 1 );
		$scale      = $this->number( $at + ( $is_long ? 20 : 12 ), 4 );
		$length     = $is_long ? $this->number( $at + 24, 8 ) : $this->number( $at + 16, 4 );

		$picture->frames    = $frames;
		$picture->loops     = $this->loops();
		$picture->time      = $scale ? (int) round( 1000 * $length / $scale ) : 0;
		$picture->carries[] = 'sequence';
	}

	/** How often a sequence plays; 0: for ever, also where nothing is said of it. */
	private function loops(): int {
		list( $list ) = $this->boxes['elst'][0] ?? array( 0 );
		if ( ! $list ) {
			return 0;
		}
		if ( ! ( $this->number( $list + 3, 1 ) & 1 ) ) {
			return 1;
		}
		list( $track ) = $this->boxes['tkhd'][0] ?? array( 0 );
		$all           = 1 === $this->number( $track, 1 ) ? $this->number( $track + 28, 8 ) : $this->number( $track + 20, 4 );
		$one           = 1 === $this->number( $list, 1 ) ? $this->number( $list + 8, 8 ) : $this->number( $list + 8, 4 );
		return $all < 0 || 0xFFFFFFFF === $all || $one <= 0 ? 0 : (int) ceil( $all / $one );
	}

	/** @return array<int, string> The items' types by id. */
	private function types(): array {
		$types           = array();
		list( $at, $end ) = $this->boxes['iinf'][0] ?? array( 0, 0 );
		$at              += $at && 0 === $this->number( $at, 1 ) ? 6 : 8;
		while ( $at + 20 <= $end ) {
			$version        = $this->number( $at + 8, 1 );
			$id             = $this->number( $at + 12, $version < 3 ? 2 : 4 );
			$types[ $id ]   = substr( $this->data, $at + ( $version < 3 ? 16 : 18 ), 4 );
			$at            += max( 8, $this->number( $at, 4 ) );
		}
		return $types;
	}

	/** @return array<int, array<int, array{0: string, 1: int, 2: int}>> The properties of each item: type, begin, end. */
	private function properties(): array {
		$all              = array();
		list( $at, $end ) = $this->boxes['ipco'][0] ?? array( 0, 0 );
		while ( $at && $at + 8 <= $end ) {
			$size  = max( 8, $this->number( $at, 4 ) );
			$all[] = array( substr( $this->data, $at + 4, 4 ), $at + 8, min( $end, $at + $size ) );
			$at   += $size;
		}
		$of               = array();
		list( $at, $end ) = $this->boxes['ipma'][0] ?? array( 0, 0 );
		$id_size          = $at && $this->number( $at, 1 ) > 0 ? 4 : 2;
		$size             = $at && $this->number( $at + 3, 1 ) & 1 ? 2 : 1;
		$at              += 8;
		while ( $at + $id_size + 1 <= $end ) {
			$id    = $this->number( $at, $id_size );
			$count = $this->number( $at + $id_size, 1 );
			$at   += $id_size + 1;
			for ( $index = 0; $index < $count && $at + $size <= $end; $index++, $at += $size ) {
				$number = $this->number( $at, $size ) & ( 2 === $size ? 0x7FFF : 0x7F );
				if ( isset( $all[ $number - 1 ] ) ) {
					$of[ $id ][] = $all[ $number - 1 ];
				}
			}
		}
		return $of;
	}

	/** @return array<int, array<int, array{0: int, 1: int}>> Where the items' data are: offsets and lengths. What leads out of the file makes it incomplete. */
	private function places(): array {
		$places           = array();
		list( $at, $end ) = $this->boxes['iloc'][0] ?? array( 0, 0 );
		if ( ! $at ) {
			return array();
		}
		$version = $this->number( $at, 1 );
		$sizes   = $this->number( $at + 4, 2 );
		list( $offset, $length, $base, $index ) = array( $sizes >> 12, ( $sizes >> 8 ) & 15, ( $sizes >> 4 ) & 15, $version ? $sizes & 15 : 0 );
		$count   = $this->number( $at + 6, $version < 2 ? 2 : 4 );
		$at     += $version < 2 ? 8 : 10;
		for ( $item = 0; $item < $count && $at < $end; $item++ ) {
			$id     = $this->number( $at, $version < 2 ? 2 : 4 );
			$at    += $version < 2 ? 2 : 4;
			$method = $version ? $this->number( $at, 2 ) & 15 : 0;
			$at    += ( $version ? 2 : 0 ) + 2;
			$from   = $this->number( $at, $base );
			$at    += $base;
			$parts  = $this->number( $at, 2 );
			$at    += 2;
			for ( $part = 0; $part < $parts && $at < $end; $part++ ) {
				$begin = $from + $this->number( $at + $index, $offset );
				$bytes = $this->number( $at + $index + $offset, $length );
				$at   += $index + $offset + $length;
				if ( 0 === $method ) {
					$this->whole     = $this->whole && $begin + $bytes <= strlen( $this->data );
					$places[ $id ][] = array( $begin, $bytes );
				}
			}
		}
		$this->whole = $this->whole && $item === $count;
		return $places;
	}

	private function number( int $at, int $size ): int {
		return 0 === $size ? 0 : Bytes::number( $this->data, $at, $size );
	}
}
