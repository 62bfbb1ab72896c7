<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** What matters here of an XMP packet. By the prefixes everybody writes; an XML parser would refuse what cameras write. */
final class Xmp {
	/** Each as an attribute or an element that has a value. */
	private const RIGHTS = 'dc:(?:rights|creator)|xmpRights:\w+|photoshop:(?:Credit|AuthorsPosition)|cc:license|plus:\w+';
	private const PLACE  = '[\w-]+:\w*GPS\w*|drone-dji:\w*(?:Lat|Long)itude';

	/** What a packet says hangs on the picture. */
	private const CARRIED = array(
		'gain_map' => '~hdrgm:Version|HDRGainMap:|aux:hdrgainmap|Semantic\s*(?:=\s*["\']|>)\s*GainMap~i',
		'motion'   => '~Camera:(?:MotionPhoto|MicroVideo)\s*(?:=\s*["\']|>)\s*1|Semantic\s*(?:=\s*["\']|>)\s*MotionPhoto~',
		'depth'    => '~GDepth:(?:Data|Format|Near)|photos/dd/1\.0/|ns\.apple\.com/depthData|AuxiliaryImageType[^<>]{0,80}(?:depth|disparity)~i',
	);

	public static function read( string $packet, Picture $picture ): void {
		$picture->rights   = $picture->rights || self::has( self::RIGHTS, $packet );
		$picture->panorama = $picture->panorama || self::has( 'GPano:\w+', $packet );
		$picture->place    = $picture->place || self::has( self::PLACE, $packet );
		foreach ( self::CARRIED as $code => $pattern ) {
			if ( preg_match( $pattern, $packet ) ) {
				$picture->carries[] = $code;
			}
		}
	}

	/** The same packet, of the same length, without the place. */
	public static function without_place( string $packet ): string {
		$names   = self::PLACE;
		$blank   = static fn( array $found ): string => str_repeat( ' ', strlen( $found[0] ) );
		$without = preg_replace_callback( "~(?<=\s)(?:$names)\s*=\s*(?:\"[^\"]*\"|'[^']*')~i", $blank, $packet );
		$without = preg_replace_callback( "~<($names)(?:\s[^>]*)?(?:/>|>.*?</\\1\s*>)~is", $blank, (string) $without );
		// What PCRE gives up on is blanked whole: it may hold the place, and other lengths would break the file.
		return is_string( $without ) && strlen( $without ) === strlen( $packet ) ? $without : str_repeat( ' ', strlen( $packet ) );
	}

	private static function has( string $names, string $packet ): bool {
		return (bool) preg_match( "~(?<=\s)(?:$names)\s*=\s*[\"'][^\"']|<($names)(?:\s[^>]*)?>(?:\s|<rdf:\w+[^>]*>)*[^\s<]~i", $packet );
	}
}
