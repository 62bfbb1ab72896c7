<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** WordPress's editor by Imagick. */
final class Imagick_Editor extends \WP_Image_Editor_Imagick {
	use Original_Pixels;
}
