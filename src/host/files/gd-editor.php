<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** WordPress's editor by GD. */
final class Gd_Editor extends \WP_Image_Editor_GD {
	use Original_Pixels;
}
